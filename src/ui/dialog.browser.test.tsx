import { useState } from "react";
import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";

function Example({ marked = false, onClose }: { marked?: boolean; onClose?: () => void }) {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    onClose?.();
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open</Button>
      <Dialog open={open} onClose={close} label="Example" className="sheet sheet-left">
        <Button onClick={close}>Close</Button>
        <input aria-label="Field" data-focus-first={marked || undefined} />
      </Dialog>
    </>
  );
}

const opener = page.getByRole("button", { name: "Open" });
const dialog = page.getByRole("dialog", { name: "Example" });
const closer = page.getByRole("button", { name: "Close" });
const field = page.getByRole("textbox", { name: "Field" });

test("what stands behind it can't be used while it is open", async () => {
  await render(<Example />);
  await expect.element(dialog).not.toBeInTheDocument();
  await opener.click();
  await expect.element(dialog).toBeVisible();
  opener.element().focus();
  await expect.element(opener).not.toHaveFocus();
});

test("focus stays inside", async () => {
  await render(<Example />);
  await opener.click();
  await expect.element(closer).toHaveFocus();
  await userEvent.tab();
  await expect.element(field).toHaveFocus();
  await userEvent.tab();
  await expect.element(opener).not.toHaveFocus();
});

test("focus goes first to what is marked for it", async () => {
  await render(<Example marked />);
  await opener.click();
  await expect.element(field).toHaveFocus();
});

test("Escape closes it, says so once and gives focus back", async () => {
  const onClose = vi.fn();
  await render(<Example onClose={onClose} />);
  await opener.click();
  await userEvent.keyboard("{Escape}");
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(opener).toHaveFocus();
  expect(onClose).toHaveBeenCalledTimes(1);
});

test("its own button closes it and gives focus back", async () => {
  await render(<Example />);
  await opener.click();
  await closer.click();
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(opener).toHaveFocus();
});

test("a press beside it closes it, one inside doesn't", async () => {
  await render(<Example />);
  await opener.click();
  await field.click();
  await expect.element(dialog).toBeVisible();
  await expect.poll(() => dialog.element().getBoundingClientRect().left).toBe(0);
  await page.elementLocator(document.documentElement).click({ position: { x: 900, y: 300 } });
  await expect.element(dialog).not.toBeInTheDocument();
});
