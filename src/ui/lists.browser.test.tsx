import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { Pager } from "#ui/pager.tsx";

const rows = [{ id: "a", name: "Ana", count: 3, note: null }, { id: "b", name: "Bea", count: 12, note: "x" }];
const table = (
  <DataTable
    caption="People"
    rows={rows}
    keyOf={({ id }) => id}
    columns={[
      { label: "Name", cell: ({ name }) => name },
      { label: "Count", align: "right", cell: ({ count }) => count },
      { label: "Note", cell: ({ note }) => note },
      { label: "", cell: ({ name }) => <button type="button">{`Do ${name}`}</button> },
    ]}
  />
);

test("a table has a name, headers, and rows that are named by their first cell", async () => {
  await render(table);
  const list = page.getByRole("table", { name: "People" });
  expect(list.getByRole("columnheader").elements().map((cell) => cell.textContent)).toEqual(["Name", "Count", "Note", "Actions"]);
  expect(list.getByRole("rowheader").elements().map((cell) => cell.textContent)).toEqual(["Ana", "Bea"]);
});

test("on a phone a row is a card, with each value beside its column's name, and without empty ones", async () => {
  await page.viewport(360, 740);
  await render(table);
  const [first] = page.getByRole("row").elements().slice(1);
  const cells = [...(first?.querySelectorAll("td") ?? [])];
  expect(cells.map((cell) => [getComputedStyle(cell).display, getComputedStyle(cell, "::before").content])).toEqual([["grid", '"Count"'], ["none", expect.anything()], ["block", "none"]]);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
});

test("a pager keeps the filters, and is not there where one page holds all", async () => {
  const screen = await render(<Pager path="/a" query={{ q: "x y", state: "" }} cursor="here" next="there" />);
  expect(page.getByRole("link").elements().map((link) => link.getAttribute("href"))).toEqual(["/a?q=x+y", "/a?q=x+y&cursor=there"]);
  await screen.rerender(<Pager path="/a" query={{}} cursor="here" next={null} />);
  await expect.element(page.getByText("This is the last page.")).toBeVisible();
  await screen.rerender(<Pager path="/a" query={{}} next={null} />);
  expect(page.getByRole("navigation").elements()).toEqual([]);
});

test("filters are a plain form", async () => {
  await render(
    <FilterForm path="/a" label="People" active>
      <Filter label="Name">
        <Input name="q" defaultValue="x" />
      </Filter>
    </FilterForm>,
  );
  const form = page.getByRole("search", { name: "People" }).element() as HTMLFormElement;
  expect([new URL(form.action).pathname, form.method, page.getByLabelText("Name").element().getAttribute("name")]).toEqual(["/a", "get", "q"]);
  await expect.element(page.getByRole("link", { name: "Clear" })).toHaveAttribute("href", "/a");
});

test("a confirmation begins on the way out, says why it failed, and does nothing twice", async () => {
  const [confirm, close] = [vi.fn(), vi.fn()];
  const dialog = (over: object) => (
    <ConfirmDialog open title="Delete A?" confirm="Delete" onConfirm={confirm} onClose={close} {...over}>
      It can’t be undone.
    </ConfirmDialog>
  );
  const screen = await render(dialog({}));
  await expect.element(page.getByRole("button", { name: "Cancel" })).toHaveFocus();
  await page.getByRole("button", { name: "Delete" }).click();
  expect(confirm).toHaveBeenCalledTimes(1);
  await screen.rerender(dialog({ busy: true }));
  await page.getByRole("button", { name: "Working" }).click({ force: true });
  expect(confirm).toHaveBeenCalledTimes(1);
  await screen.rerender(dialog({ problem: { title: "Conflict", status: 409, code: "CONFLICT", detail: "It is the last one." } }));
  await expect.element(page.getByRole("alert")).toMatchTextContent(/It is the last one./);
  await userEvent.keyboard("{Escape}");
  expect(close).toHaveBeenCalled();
});
