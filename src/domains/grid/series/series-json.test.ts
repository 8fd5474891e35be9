import { describe, expect, test } from "vitest";
import { jsonOf } from "./series-json.ts";
import { SeriesAnswer, type Line } from "./series-schema.ts";

const start = ["2026-01-01T05:00:00.000Z", "2026-01-01T05:05:00.000Z"];
const line: Line = {
  id: "test.source/price", source: "test.source", region: "CA-ON", metric: "price", fuel: null, item: "A \"quoted\" place, Québec", unit: "CAD/MWh", sample: false,
  start, end: ["2026-01-01T05:05:00.000Z", "2026-01-01T05:10:00.000Z"], value: [1.5, null], quality: ["measured", "estimated"],
};
const answer: SeriesAnswer = {
  region: "CA-ON", resolution: "5min", from: "2026-01-01T05:00:00.000Z", to: "2026-01-01T05:10:00.000Z", zone: { name: "America/Toronto", offsets: [{ from: "2026-01-01T05:00:00.000Z", minutes: -300 }] },
  asOf: null, lines: [], sources: [], nextCursor: "abc",
};

describe("an answer as JSON", () => {
  test.each<[string, Line[]]>([
    ["without a line", []], ["with one", [line]], ["with lines that have columns in common, and extremes", [line, { ...line, item: null, value: [0, -0.25], min: [0, null], max: [1e21, 3] }]],
    ["with a line without an interval", [{ ...line, start: [], end: [], value: [], quality: [] }]],
  ])("is what JSON.stringify writes, %s", (_, lines) => {
    expect(new TextDecoder().decode(jsonOf({ ...answer, lines }))).toBe(JSON.stringify({ ...answer, lines }));
  });

  test("is what JSON.stringify writes of emissions and what is left out too", () => {
    const { quality } = line;
    const grams = { source: "test.source", sample: false, start, end: start, gramsPerKwh: [1, null], tonnesPerHour: [0.5, null], powerMw: [500, null], quality, min: undefined };
    for (const lines of [[grams, { ...grams, sample: true }], [{}], []]) {
      const other = { region: "CA-ON", lines, factors: [{ fuel: "gas", gramsPerKwh: 490 }], limits: ["What isn't in it"], nextCursor: null };
      expect(new TextDecoder().decode(jsonOf(other))).toBe(JSON.stringify(other));
    }
  });

  test("columns that are right stay the same ones, wrong entries are found", () => {
    const parsed = SeriesAnswer.parse({ ...answer, lines: [line, { ...line, beside: 1 }] });
    expect(parsed.lines[1]?.start).toBe(start);
    expect(parsed.lines[1]).not.toHaveProperty("beside");
    for (const wrong of [{ start: [1] }, { value: ["1"] }, { value: [Number.NaN] }, { quality: ["good"] }, { min: [Infinity] }, { end: "soon" }]) {
      expect(SeriesAnswer.safeParse({ ...answer, lines: [{ ...line, ...wrong }] }).error?.issues[0]?.path.slice(0, 3)).toEqual(["lines", 0, Object.keys(wrong)[0]]);
    }
  });
});
