import { useId } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { IconButton } from "#ui/icon-button.tsx";
import { Popover } from "#ui/popover.tsx";
import { pending, problem, serveApi } from "../../../../tests/support/fake-api.ts";
import { makeExplanation, makeFact } from "../../../../tests/support/insights.ts";
import { visit } from "../../../../tests/support/next/navigation.ts";
import { ExplainChart } from "./explain-chart.tsx";

const zones = [{ kind: "operator" as const, name: "Etc/GMT+5", label: "EST (UTC−5)", minutes: -300 }];

function Menu() {
  const id = useId();
  return (
    <>
      <IconButton label="Menu" popoverTarget={id}>…</IconButton>
      <Popover id={id} label="Menu">
        <ExplainChart region="CA-ON" metric="demand" cardId="demand" zones={zones} help={<button type="button">Help</button>} />
      </Popover>
    </>
  );
}
const panel = () => page.getByRole("dialog", { name: "Explain this chart" });
async function explain(): Promise<void> {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Explain this chart" }).click();
}

beforeEach(() => visit("/grid/ontario?from=2026-11-20&to=2026-11-20"));
afterEach(() => vi.unstubAllGlobals());

test("sends what the chart shows, and shows sentences, numbers with where to look them up, limits and sources", async () => {
  const { answering, answer } = pending();
  const requests = serveApi({ "POST /api/llm/explain-chart": answering });
  await render(<Menu />);
  await explain();
  await expect.element(panel().getByText("Computing")).toBeInTheDocument();
  await expect.poll(() => requests.length).toBe(1);
  expect(await requests[0]?.json()).toEqual({ region: "CA-ON", metric: "demand", from: "2026-11-20", to: "2026-11-21", tz: "Etc/GMT+5", resolution: "5min" });
  answer(Response.json(makeExplanation({ sample: true })));
  await expect.element(panel().getByRole("heading", { name: "Ontario demand, 20 Nov 2026" })).toBeVisible();
  await expect.element(panel().getByRole("listitem").first()).toHaveTextContent("The highest value is 18 196 MW.");
  await expect.element(panel().getByRole("rowheader", { name: "Highest" })).toBeVisible();
  await expect.element(panel().getByRole("link", { name: "Values: Highest (opens in a new tab)" })).toHaveAttribute("href", "/api/grid/series?region=CA-ON&metric=demand");
  await expect.element(panel().getByText("Computed from the values; no model was used.")).toBeVisible();
  await expect.element(panel().getByRole("link", { name: "Sample data" })).toBeVisible();
  await expect.element(panel().getByRole("link", { name: "Hourly demand" })).toBeVisible();
});

test("stands in the address, closes with Esc, and gives focus back to the menu's button", async () => {
  serveApi({ "POST /api/llm/explain-chart": () => Response.json(makeExplanation()) });
  await render(<Menu />);
  await explain();
  await expect.element(panel().getByRole("heading", { name: "Ontario demand, 20 Nov 2026" })).toBeVisible();
  expect(new URLSearchParams(location.search).get("explain")).toBe("demand");
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => document.querySelector("dialog[open]")).toBeNull();
  expect(location.search).toBe("?from=2026-11-20&to=2026-11-20");
  await expect.element(page.getByRole("button", { name: "Menu" })).toHaveFocus();
});

test("opens also where the router puts the address back that it began with", async () => {
  serveApi({ "POST /api/llm/explain-chart": () => Response.json(makeExplanation()) });
  await render(<Menu />);
  await explain();
  visit("/grid/ontario?from=2026-11-20&to=2026-11-20");
  await expect.element(panel().getByRole("heading", { name: "Ontario demand, 20 Nov 2026" })).toBeVisible();
});

test("an address that asks for it opens it", async () => {
  visit("/grid/ontario?from=2026-11-20&to=2026-11-20&explain=demand");
  serveApi({ "POST /api/llm/explain-chart": () => Response.json(makeExplanation()) });
  await render(<Menu />);
  await expect.element(panel().getByRole("heading", { name: "Ontario demand, 20 Nov 2026" })).toBeVisible();
});

test("another task is asked for, and its own rules are shown", async () => {
  const requests = serveApi({
    "POST /api/llm/explain-chart": () => Response.json(makeExplanation()),
    "POST /api/llm/analytics-insight": () => Response.json({
      ...makeExplanation(), task: "analytics-insight",
      insights: [{ title: "Ramps", text: "An hour rose by 1 442 MW.", weight: "notable", rule: "Notable where an hour moves by more than 15 % of the mean", facts: ["highest"] }],
    }),
    "POST /api/llm/data-quality": () => Response.json({
      ...makeExplanation(), task: "data-quality", checks: [{ check: "gaps", state: "found", count: 1, text: "Ontario demand has 1 gap.", rule: "A stretch without a value", facts: ["highest"] }],
    }),
  });
  await render(<Menu />);
  await explain();
  await panel().getByRole("button", { name: "What stands out" }).click();
  await expect.element(panel().getByText("Notable", { exact: true })).toBeVisible();
  await expect.element(panel().getByText("An hour rose by 1 442 MW.")).toBeVisible();
  await panel().getByRole("button", { name: "Data quality" }).click();
  await expect.element(panel().getByText("Ontario demand has 1 gap.")).toBeVisible();
  expect(await requests.at(-1)?.json()).toEqual({ region: "CA-ON", metric: "demand", from: "2026-11-20", to: "2026-11-21", tz: "Etc/GMT+5" });
});

test("says why there is nothing, and asks again after a failure", async () => {
  let answers = [problem(503, "DATABASE_UNAVAILABLE", "The database is away", "Try again in a minute."), Response.json(makeExplanation({ facts: [makeFact()] }))];
  serveApi({ "POST /api/llm/explain-chart": () => answers.shift() ?? Response.error() });
  const screen = await render(<Menu />);
  await explain();
  await expect.element(panel().getByRole("alert").getByText("Try again in a minute.")).toBeVisible();
  await panel().getByRole("button", { name: "Try again" }).click();
  await expect.element(panel().getByRole("heading", { name: "Ontario demand, 20 Nov 2026" })).toBeVisible();
  await screen.unmount();
  answers = [problem(404, "NOT_FOUND", "Not found", "No source has told any value of Ontario demand in this range.")];
  visit("/grid/ontario?from=2026-11-20&to=2026-11-20");
  await render(<Menu />);
  await explain();
  await expect.element(panel().getByText("No values in this range")).toBeVisible();
  expect(panel().getByRole("button", { name: "Try again" }).elements()).toEqual([]);
});

test("copies what it says as text", async () => {
  const written: string[] = [];
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation(async (text) => void written.push(text));
  serveApi({ "POST /api/llm/explain-chart": () => Response.json(makeExplanation()) });
  await render(<Menu />);
  await explain();
  await panel().getByRole("button", { name: "Copy as text" }).click();
  await expect.element(panel().getByText("Copied")).toBeVisible();
  expect(written[0]).toContain("- The highest value is 18 196 MW.");
  expect(written[0]).toContain("explain=demand");
});
