import { describe, expect, test } from "vitest";
import { emissionFactors, factorOf, footprintOf } from "./emission-factors.ts";
import { factorKinds } from "#domains/grid/status/status-schema.ts";

describe("emission factors", () => {
  test("are those of the IPCC, with Ontario's own where they were studied", () => {
    const grams = (region: "CA-ON" | "CA-AB", kind: "lifecycle" | "direct") =>
      (["nuclear", "hydro", "biofuel", "other", "coal", "gas", "wind", "solar", "imports", "storage", "exports"] as const).map((fuel) => factorOf(region, fuel, kind)?.gramsPerKwh ?? null);
    expect(grams("CA-AB", "lifecycle")).toEqual([12, 24, 230, 700, 820, 490, 11, 45, null, null, null]);
    expect(grams("CA-ON", "lifecycle")).toEqual([4.8, 22, 230, 700, 820, 497, 10.69, 45, null, null, null]);
    expect(grams("CA-ON", "direct")).toEqual([0, 0, 0, 575, 760, 370, 0, 0, null, null, null]);
  });

  test("each row names where it is from, and none is there twice", () => {
    expect(emissionFactors.every(({ source }) => source.title.length > 10 && /^https:\/\//.test(source.url))).toBe(true);
    expect(new Set(emissionFactors.map(({ fuel, kind, region }) => `${fuel} ${kind} ${region}`)).size).toBe(emissionFactors.length);
  });

  test("the example of the help entry: half nuclear, 30 % hydro, 20 % gas", () => {
    const mix = [{ fuel: "nuclear", powerMw: 50 }, { fuel: "hydro", powerMw: 30 }, { fuel: "gas", powerMw: 20 }] as const;
    expect(footprintOf("CA-AB", mix, "lifecycle")).toEqual({ generatedMw: 100, tonnesPerHour: expect.closeTo(11.12, 9), gramsPerKwh: expect.closeTo(111.2, 9) });
    expect(footprintOf("CA-AB", mix, "direct")?.gramsPerKwh).toBeCloseTo(74, 9);
  });

  test.each(factorKinds)("storage, trade and what plants draw themselves are left out, %s", (kind) => {
    const gas = [{ fuel: "gas", powerMw: 100 }] as const;
    const more = [...gas, { fuel: "storage", powerMw: -40 }, { fuel: "imports", powerMw: 500 }, { fuel: "exports", powerMw: -200 }, { fuel: "coal", powerMw: -3 }] as const;
    expect(footprintOf("CA-AB", more, kind)).toEqual(footprintOf("CA-AB", gas, kind));
    expect(footprintOf("CA-AB", [{ fuel: "storage", powerMw: 40 }, { fuel: "gas", powerMw: 0 }], kind)).toBeNull();
  });
});
