import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { ConsentTable } from "#app/admin/(console)/llm/consents/consent-table.tsx";
import { DatasetTable } from "#app/admin/(console)/llm/consents/dataset-table.tsx";
import { GovernDataset } from "#app/admin/(console)/llm/consents/govern-dataset.tsx";
import type { ConsentView, GuardedDataset } from "#domains/llm/index.ts";
import { problem, serveApi } from "../../../../../../tests/support/fake-api.ts";

const id = "0197a000-0000-7000-8000-000000000001";
const dataset: GuardedDataset = {
  id: "ieso.hoep", steward: "A Nation", tags: ["ocap"], reason: "Resolution 1", version: 3, governedSince: "2026-11-01T00:00:00.000Z", updatedAt: "2026-11-02T00:00:00.000Z", gap: "none recorded",
};
const consent: ConsentView = {
  id, steward: "A Nation", datasets: ["ieso.hoep"], purposes: ["model_input", "export"], validFrom: "2026-11-01T00:00:00.000Z", validUntil: "2026-12-01T00:00:00.000Z", withdrawnAt: null, state: "in_force",
  evidence: "Resolution 2", createdAt: "2026-11-01T00:00:00.000Z",
};
const dialog = page.getByRole("dialog");
const button = (name: RegExp) => page.getByRole("button", { name });

test("a dataset says whose it is, why, and what keeps models from it; viewers get no buttons", async () => {
  const { rerender } = await render(<DatasetTable datasets={[dataset]} edits={false} />);
  await expect.element(page.getByRole("row").last()).toMatchTextContent(/A Nation.*OCAP: .*Resolution 1.*May not read it: no consent is on record.*1 Nov 2026/);
  await expect.element(page.getByRole("button")).not.toBeInTheDocument();
  await rerender(<DatasetTable datasets={[{ ...dataset, gap: null }]} edits={false} />);
  await expect.element(page.getByText("May read it: a consent is in force")).toBeVisible();
});

test("putting a dataset under governance asks which, of whom, how and why", async () => {
  const requests = serveApi({ "PUT /api/admin/llm/datasets/help": () => Response.json({}) });
  await render(<GovernDataset choices={[{ id: "help", name: "Help entries" }]} />);
  await button(/^Put a dataset under governance$/).click();
  await button(/^Put under governance$/).click();
  await expect.element(dialog.getByLabelText("Dataset")).toHaveFocus();
  expect(requests).toEqual([]);
  await dialog.getByLabelText("Dataset").selectOptions("Help entries (help)");
  await dialog.getByLabelText(/^OCAP/).click();
  await dialog.getByLabelText("Why, and who says so").fill(" Resolution 1 ");
  await button(/^Put under governance$/).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(await requests[0]?.json()).toEqual({ version: null, steward: null, tags: ["ocap"], reason: "Resolution 1" });
});

test("a dataset that somebody else has put under governance meanwhile is to be seen in the list", async () => {
  serveApi({ "PUT /api/admin/llm/datasets/help": () => problem(409, "CONFLICT", "Conflict", "Somebody else put this dataset under governance meanwhile.") });
  await render(<GovernDataset choices={[{ id: "help", name: "Help entries" }]} />);
  await button(/^Put a dataset under governance$/).click();
  await dialog.getByLabelText("Dataset").selectOptions("Help entries (help)");
  await dialog.getByLabelText(/^OCAP/).click();
  await dialog.getByLabelText("Why, and who says so").fill("Resolution 1");
  await button(/^Put under governance$/).click();
  await expect.element(dialog.getByText("Somebody else put this dataset under governance meanwhile.")).toBeVisible();
  await expect.element(button(/^Read it again$/)).not.toBeInTheDocument();
  await button(/^Close and read the list$/).click();
  await expect.element(dialog).not.toBeInTheDocument();
});

test("what somebody else has changed stands beside what was typed, which goes with the version that is read then", async () => {
  const answers = [problem(409, "CONFLICT", "Conflict", "Somebody else changed it meanwhile."), Response.json({})];
  const requests = serveApi({ "PUT /api/admin/llm/datasets/ieso.hoep": () => answers.shift() ?? Response.error() });
  const { rerender } = await render(<DatasetTable datasets={[dataset]} edits />);
  await button(/^Change: /).click();
  await dialog.getByLabelText("Steward").fill("B Nation");
  await button(/^Save$/).click();
  await expect.element(dialog.getByText("Somebody else changed it meanwhile.")).toBeVisible();
  await button(/^Read it again$/).click();
  await rerender(<DatasetTable datasets={[{ ...dataset, steward: "C Nation", version: 4 }]} edits />);
  await expect.element(dialog.getByRole("region", { name: "On record now" })).toMatchTextContent(/C Nation/);
  await expect.element(dialog.getByLabelText("Steward")).toHaveValue("B Nation");
  await expect.element(button(/^Read it again$/)).not.toBeInTheDocument();
  await button(/^Save$/).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(await requests[1]?.json()).toMatchObject({ steward: "B Nation", version: 4 });
});

test("releasing names the dataset and says what follows", async () => {
  const requests = serveApi({ "DELETE /api/admin/llm/datasets/ieso.hoep": () => new Response(null, { status: 204 }) });
  await render(<DatasetTable datasets={[dataset]} edits />);
  await button(/^Release: ieso\.hoep$/).click();
  await expect.element(page.getByRole("dialog", { name: "Release ieso.hoep from governance?" })).toMatchTextContent(/without anybody’s consent/);
  expect(requests).toEqual([]);
  await dialog.getByRole("button", { name: "Release" }).click();
  await expect.poll(() => requests.map(({ url }) => new URL(url).search)).toEqual(["?version=3"]);
});

test("a consent is its dataset's steward's, from day to day in UTC, its last day included", async () => {
  const refused = { type: "about:blank", title: "Invalid request", status: 400, code: "INVALID_REQUEST", requestId: "r", errors: [{ path: "purposes", message: "Choose at least one purpose" }] };
  const answers = [Response.json(refused, { status: 400 }), Response.json({}, { status: 201 })];
  const requests = serveApi({ "POST /api/admin/llm/consents": () => answers.shift() ?? Response.error() });
  await render(<DatasetTable datasets={[dataset]} edits />);
  await button(/^Record a consent: ieso\.hoep$/).click();
  await dialog.getByLabelText("First day (UTC)").fill("2026-11-01");
  await dialog.getByLabelText("Last day (UTC), if any").fill("2026-11-30");
  await dialog.getByLabelText("Where the decision is on paper").fill("Resolution 2");
  await button(/^Record the consent$/).click();
  await expect.element(dialog.getByText("Choose at least one purpose")).toBeVisible();
  await expect.element(dialog.getByLabelText("read by language models")).toHaveFocus();
  await dialog.getByLabelText("read by language models").click();
  await button(/^Record the consent$/).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(await requests[1]?.json()).toEqual({
    steward: "A Nation", datasets: ["ieso.hoep"], purposes: ["model_input"], validFrom: "2026-11-01T00:00:00.000Z", validUntil: "2026-12-01T00:00:00.000Z", evidence: "Resolution 2",
  });
});

test("where no steward is named, nobody can consent", async () => {
  await render(<DatasetTable datasets={[{ ...dataset, steward: null, gap: "no steward" }]} edits />);
  await expect.element(page.getByText("May not read it: nobody is named who could consent")).toBeVisible();
  await expect.element(button(/^Record a consent/)).not.toBeInTheDocument();
});

test("withdrawing says what follows, and why it could not be done", async () => {
  const answers = [problem(404, "NOT_FOUND", "Not found", "There is no such consent, or it has been withdrawn already."), Response.json({})];
  const requests = serveApi({ [`DELETE /api/admin/llm/consents/${id}`]: () => answers.shift() ?? Response.error() });
  await render(<ConsentTable consents={[consent]} edits />);
  await expect.element(page.getByRole("row").last()).toMatchTextContent(/read by language models, exported.*from 1 Nov 2026, 00:00 UTC.*until 1 Dec 2026, 00:00 UTC.*In force.*Resolution 2/);
  await button(/^Withdraw: A Nation, ieso\.hoep$/).click();
  await expect.element(page.getByRole("dialog", { name: "Withdraw the consent of A Nation to ieso.hoep?" })).toMatchTextContent(/no model reads the data.*can’t be undone/);
  await dialog.getByRole("button", { name: "Withdraw" }).click();
  await expect.element(dialog.getByText(/has been withdrawn already/)).toBeVisible();
  await dialog.getByRole("button", { name: "Withdraw" }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(requests.length).toBe(2);
});

test("a consent that was withdrawn stays in the list, with when, and can't be withdrawn again", async () => {
  await render(<ConsentTable consents={[{ ...consent, validUntil: null, withdrawnAt: "2026-11-05T12:00:00.000Z", state: "withdrawn" }]} edits />);
  await expect.element(page.getByRole("row").last()).toMatchTextContent(/without an end of its own.*Withdrawn.*5 Nov 2026, 12:00 UTC/);
  await expect.element(page.getByRole("button")).not.toBeInTheDocument();
});
