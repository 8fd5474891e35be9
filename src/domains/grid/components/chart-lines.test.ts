import { expect, test } from "vitest";
import { columnsOf } from "#ui/charts/columns.ts";
import { comparedQuestion } from "./compared.ts";
import { joined } from "./chart-lines.ts";
import { csvHref } from "./load-answers.ts";

const iso = (minute: number) => new Date(Date.UTC(2026, 10, 20, 5, minute)).toISOString();
const line = (from: number, step: number, values: (number | null)[]) =>
  columnsOf({ start: values.map((_, index) => iso(from + index * step)), end: values.map((_, index) => iso(from + (index + 1) * step)), value: values, look: "measured" });

test("lines that tell the same are one: where two have a value, the first one's holds", () => {
  const all = joined([line(60, 5, [3, 4]), line(0, 60, [1, 2, 5])]);
  expect([...all.value]).toEqual([1, 3, 4, 5]);
  expect([...joined([line(0, 5, [null, 2]), line(0, 5, [8, 9])]).value].filter((value) => !Number.isNaN(value))).toEqual([8, 2]);
});

test("a page compares with an earlier time of its own, or with another region's measure", () => {
  const question = { region: "CA-ON", metric: "demand", from: "2026-11-20", to: "2026-11-21", tz: "UTC", resolution: "hour" } as const;
  const metricOf = (region: string) => (region === "CA-AB" ? ("internal-load" as const) : null);
  expect(comparedQuestion(question, "off", metricOf)).toEqual([]);
  expect(comparedQuestion(question, "week", metricOf)).toEqual([{ ...question, from: "2026-11-13", to: "2026-11-14" }]);
  expect(comparedQuestion(question, "CA-AB", metricOf)).toEqual([{ ...question, region: "CA-AB", metric: "internal-load" }]);
  expect([comparedQuestion(question, "CA-ON", metricOf), comparedQuestion(question, "CA-QC", metricOf)]).toEqual([[], []]);
});

test("the file is asked for as the chart was", () => {
  const days = { region: "CA-ON", from: "2026-11-20", to: "2026-11-21", tz: "Etc/GMT+5", resolution: "hour" } as const;
  expect(csvHref({ ...days, metric: "price" })).toBe("/api/grid/series?region=CA-ON&from=2026-11-20&to=2026-11-21&tz=Etc%2FGMT%2B5&resolution=hour&metric=price&format=csv");
  expect(csvHref(days)).toMatch(/^\/api\/grid\/generation\?/);
});
