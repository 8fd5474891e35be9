import { afterEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { DeferredDetails } from "#ui/deferred-details.tsx";

afterEach(() => history.replaceState(null, "", location.pathname));

const Two = () => (
  <>
    <a href="#second">Second by link</a>
    {["first", "second"].map((id) => (
      <DeferredDetails key={id} id={id} summary={`The ${id}`} summaryClass="">
        <p>{`Content of the ${id}`}</p>
      </DeferredDetails>
    ))}
  </>
);

test("has its content from the first opening on", async () => {
  await render(<Two />);
  expect(document.body.textContent).not.toContain("Content of");
  await page.getByText("The first").click();
  await expect.element(page.getByText("Content of the first")).toBeVisible();
  expect(document.body.textContent).not.toContain("Content of the second");
  await page.getByText("The first").click();
  await expect.element(page.getByText("Content of the first")).not.toBeVisible();
});

test("a link to its id opens it, on the page and on the way to it", async () => {
  const screen = await render(<Two />);
  await page.getByRole("link", { name: "Second by link" }).click();
  await expect.element(page.getByText("Content of the second")).toBeVisible();
  await screen.unmount();
  await render(<Two />);
  await expect.element(page.getByText("Content of the second")).toBeVisible();
});
