import { expect, test } from "vitest";
import type { Line } from "#domains/grid/series/series-schema.ts";
import { borderFlowsOf } from "./borders.ts";

const iso = (minute: number) => new Date(Date.UTC(2026, 10, 20, 16, minute)).toISOString();

function line(metric: Line["metric"], item: string, minutes: number, values: (number | null)[]): Line {
  return {
    id: `${metric}/${item}`, source: "ieso.intertie-flow", region: "CA-ON", metric, fuel: null, item, unit: "MW", sample: false,
    start: values.map((_, index) => iso(index * minutes)), end: values.map((_, index) => iso((index + 1) * minutes)), value: values, quality: values.map(() => "measured"),
  };
}

test("the newest flows, the places of a border added up, what was scheduled for their hour, and the sum", () => {
  const flows = [line("intertie-flow", "NEW-YORK", 5, [900, 905, null]), line("intertie-flow", "PQ.AT", 5, [-300, -400]), line("intertie-flow", "PQ.Q4C", 5, [0, -12]), line("intertie-flow", "NORTH.POLE", 5, [1, 2])];
  const found = borderFlowsOf("CA-ON", flows, [line("scheduled-import", "PQ.AT", 60, [380])], [line("scheduled-export", "NEW-YORK", 60, [880]), line("scheduled-export", "PQ.AT", 60, [0])]);
  expect([found?.start, found?.end, found?.netMw]).toEqual([Date.parse(iso(5)), Date.parse(iso(10)), 495]);
  expect(found?.borders.map(({ name, flowMw, scheduledMw }) => [name, flowMw, scheduledMw])).toEqual([
    ["New York", 905, 880], ["NORTH.POLE", 2, null], ["Québec", -412, -380], ["Michigan", null, null], ["Minnesota", null, null], ["Manitoba", null, null],
  ]);
});

test("without any flow there is nothing to show", () => {
  expect(borderFlowsOf("CA-ON", [line("intertie-flow", "MICHIGAN", 5, [null])], [], [])).toBeNull();
});
