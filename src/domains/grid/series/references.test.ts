import { describe, expect, test } from "vitest";
import { borderMetric, demandMetric, publishedSubjects, referencesOf } from "./references.ts";
import { resolutions } from "./series-schema.ts";
import { findSource, sources } from "#domains/grid/sources/registry.ts";

const idsOf = (...asked: Parameters<typeof referencesOf>) => referencesOf(...asked).map(({ source }) => source);

test("every reference is a source that there is, and every source answers for something", () => {
  const used = new Set(publishedSubjects().flatMap(({ region, metric }) => resolutions.flatMap((resolution) => idsOf(region, metric, resolution))));
  for (const id of used) expect([id, findSource(id)?.id]).toEqual([id, id]);
  expect(sources.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
});

test("no subject is ruled twice, nor a source named twice for it", () => {
  const names = publishedSubjects().map(({ region, metric }) => `${region} ${metric}`);
  expect(names).toEqual([...new Set(names)]);
  for (const { region, metric } of publishedSubjects()) {
    const ids = idsOf(region, metric, "hour");
    expect(ids).toEqual([...new Set(ids)]);
    expect([...ids].sort()).toEqual([...idsOf(region, metric, "5min")].sort());
  }
});

describe("preferences", () => {
  test("the finest for five minutes, the settled history for hours and longer", () => {
    expect(idsOf("CA-ON", "demand", "5min")).toEqual(["ieso.realtime-totals", "ieso.demand", "kaggle.dataset", "huggingface.dataset"]);
    expect(idsOf("CA-ON", "demand", "day")).toEqual(["ieso.demand", "ieso.realtime-totals", "kaggle.dataset", "huggingface.dataset"]);
    expect(idsOf("CA-AB", "internal-load", "5min")[0]).toBe("aeso.current-supply-demand");
    expect(idsOf("CA-AB", "internal-load", "hour")[0]).toBe("aeso.internal-load");
  });

  test("Ontario's prices are parted where the market was renewed", () => {
    const [zonal, ...before] = referencesOf("CA-ON", "price", "hour");
    expect(zonal).toMatchObject({ source: "ieso.zonal-price", from: new Date("2025-05-01T05:00:00Z") });
    for (const reference of before) expect(reference.until).toEqual(new Date("2025-05-01T05:00:00Z"));
  });

  test("nobody publishes what nobody publishes", () => {
    expect(referencesOf("CA-NU", "price", "hour")).toEqual([]);
    expect([demandMetric("CA-AB"), demandMetric("CA-QC"), borderMetric("CA-NB"), borderMetric("CA-ON")]).toEqual(["internal-load", "demand", "scheduled-interchange", "intertie-flow"]);
  });
});
