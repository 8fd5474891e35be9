import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { Popover } from "#ui/popover.tsx";

const opener = page.getByRole("button", { name: "Help: Hour ending" });
const popover = page.getByRole("dialog", { name: "Hour ending" });

async function open() {
  await render(
    <>
      <button type="button" popoverTarget="hint" aria-label="Help: Hour ending">
        ?
      </button>
      <Popover id="hint" label="Hour ending" className="p-4">
        <a href="/help/hour-ending">Read more</a>
      </Popover>
      <p>Elsewhere</p>
    </>,
  );
  await expect.element(popover).not.toBeInTheDocument();
  await opener.click();
  await expect.element(popover).toBeVisible();
}

test("its button opens it, and its content is reached by Tab", async () => {
  await open();
  await userEvent.tab();
  await expect.element(page.getByRole("link", { name: "Read more" })).toHaveFocus();
});

test("Escape closes it and gives focus back", async () => {
  await open();
  await userEvent.tab();
  await userEvent.keyboard("{Escape}");
  await expect.element(popover).not.toBeInTheDocument();
  await expect.element(opener).toHaveFocus();
});

test("a press elsewhere closes it", async () => {
  await open();
  await page.getByText("Elsewhere").click();
  await expect.element(popover).not.toBeInTheDocument();
});
