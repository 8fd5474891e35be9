import { expect, test } from "vitest";
import type { Line } from "#domains/grid/series/series-schema.ts";
import { namedPlaces, pairHours } from "./weather.ts";

const hour = (index: number) => new Date(Date.UTC(2026, 10, 20, index)).toISOString();
const line = (value: (number | null)[], quality: Line["quality"] = value.map(() => "measured"), source = "test.source"): Line => ({
  id: source, source, region: "CA-ON", metric: "temperature", fuel: null, item: null, unit: "°C", sample: false,
  start: value.map((_, index) => hour(index)), end: value.map((_, index) => hour(index + 1)), value, quality,
});

test("places have addresses of their own", () => {
  expect(namedPlaces.find(({ name }) => name === "Montréal")?.slug).toBe("montreal");
  expect(namedPlaces.find(({ name }) => name === "St. John's")?.slug).toBe("st-johns");
  expect(new Set(namedPlaces.map(({ slug }) => slug)).size).toBe(namedPlaces.length);
});

test("an hour counts that both have a value of; forecasts don't", () => {
  const pairs = pairHours([line([-5, null, 0, 3], ["estimated", "estimated", "estimated", "forecast"])], [line([20_000, 19_000, 18_000, 17_000])]);
  expect(pairs).toEqual([{ start: hour(0), weather: -5, demandMw: 20_000 }, { start: hour(2), weather: 0, demandMw: 18_000 }]);
});

test("of two lines the first one's value counts, and no hour twice", () => {
  expect(pairHours([line([1]), line([9, 2])], [line([100, 200]), line([300])])).toEqual([
    { start: hour(0), weather: 1, demandMw: 100 }, { start: hour(1), weather: 2, demandMw: 200 },
  ]);
});
