import { expect, test } from "vitest";
import { makeRegion, makeStatus, ontarioMix } from "../../../../tests/support/grid-status.ts";
import { orderRows, rowsOf } from "./region-rows.ts";

const status = makeStatus({
  regions: [makeRegion("CA-ON", 17_747, { mix: ontarioMix, intensityGramsPerKwh: 90 }), makeRegion("CA-QC", 27_604), makeRegion("CA-NB", 0, { demand: null })],
});
const rows = rowsOf(status, new Map([["CA-ON", 19_000]]));
const names = (...of: Parameters<typeof orderRows>) => orderRows(...of).map(({ name }) => name);

test("every region has a row, those without data among them", () => {
  expect(rows).toHaveLength(13);
  expect(rows.find(({ region }) => region === "CA-MB")).toMatchObject({ name: "Manitoba", status: null, source: null, peakMw: null, shares: [] });
  expect(rows.find(({ region }) => region === "CA-ON")).toMatchObject({ peakMw: 19_000, source: { id: "ieso.realtime-totals" } });
});

test("shares are of what is generated there: imports, exports and storage aren't", () => {
  const shares = rows.find(({ region }) => region === "CA-ON")?.shares ?? [];
  expect(shares.slice(0, 3).map(({ fuel }) => fuel)).toEqual(["nuclear", "hydro", "gas"]);
  expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  expect(shares.some(({ fuel }) => fuel === "imports")).toBe(false);
});

test("numbers come from the largest or the smallest, what isn't known last either way", () => {
  expect(names(rows, "demand", false).slice(0, 3)).toEqual(["Québec", "Ontario", "Alberta"]);
  expect(names(rows, "demand", true).slice(0, 3)).toEqual(["Ontario", "Québec", "Alberta"]);
  expect(names(rows, "name", false).slice(0, 2)).toEqual(["Alberta", "British Columbia"]);
  expect(names(rows, "name", true)[0]).toBe("Yukon");
  expect(names(rows, "intensity", false)[0]).toBe("Ontario");
});
