import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anonymous, system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { dayOf, spanFrom } from "#domains/grid/time/intervals.ts";
import { listPoints, purgePayloads } from "#domains/grid/ingest/observation-queries.ts";
import { recordReading, type RecordOptions } from "#domains/grid/ingest/record.ts";
import type { Observation } from "#domains/grid/schema.ts";
import { findVersion } from "#domains/grid/series/series-queries.ts";
import type { Source } from "#domains/grid/sources/source.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

const source: Source = {
  id: "test.prices", name: "Test", publisher: "Test", licence: { name: "none", url: "https://example.com" }, page: "https://example.com",
  cadenceMinutes: 5, zone: "America/Edmonton", rules: { unit: "", time: "", sign: "" },
  documents: () => [], read: () => ({ publishedAt: null, observations: [], warnings: [] }),
};
const subject = { region: "CA-AB", metric: "price", unit: "CAD/MWh", quality: "measured" } as const;
const at = (text: string) => new Date(text);
const hour = (start: string, value: number | null, over: Partial<Observation> = {}): Observation => ({ ...subject, ...spanFrom(at(start), 60), value, ...over });

let documents = 0;
/** Records observations as one document that the source published at a time. */
function record(observations: Observation[], published: string, options: RecordOptions = {}, text = `document ${(documents += 1)}`) {
  const payload = { bytes: new TextEncoder().encode(text), origin: "test", fetchedAt: at("2026-11-21T12:00:00Z") };
  return recordReading(source, payload, { publishedAt: at(published), observations, warnings: [] }, options);
}
const everything = { start: at("1990-01-01T00:00:00Z"), end: at("2100-01-01T00:00:00Z") };
const values = async (asOf: string | null = null) =>
  (await db.as(anonymous, (tx) => listPoints(tx, [1], everything, asOf === null ? null : at(asOf)))).map(({ start, value }) => `${start.toISOString().slice(0, 13)} ${value}`);
const rollups = (period: string) => inspect<{ starts_at: Date; mean: number; total: number; covered_seconds: number }>(
  "select starts_at, mean, min, max, total, covered_seconds, quality::text from app.rollups where period = $1 order by series_id, starts_at", [period]);

describe.each(engines)("recording on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => void (opened = await openTestDatabase(engine)));
  afterEach(() => opened.close());

  test("a first document is stored, read by anybody, and the same one again changes nothing", async () => {
    const observations = [hour("2026-01-01T07:00:00Z", 40), hour("2026-01-01T08:00:00Z", -5.25)];
    expect(await record(observations, "2026-01-02T00:00:00Z", {}, "one")).toEqual({ observations: 2, known: false, inserted: 2, revised: 0, late: 0 });
    expect(await record(observations, "2026-01-02T00:00:00Z", {}, "one")).toMatchObject({ known: true, inserted: 0 });
    expect(await record(observations, "2026-01-03T00:00:00Z", {}, "a reissue")).toMatchObject({ known: false, inserted: 0, revised: 0 });
    expect(await values()).toEqual(["2026-01-01T07 40", "2026-01-01T08 -5.25"]);
    expect(await inspect("select count(*)::int as n from app.observation_revisions")).toEqual([{ n: 0 }]);
  });

  test("a later document revises, and what was known before can be asked", async () => {
    await record([hour("2026-01-01T07:00:00Z", 40), hour("2026-01-01T08:00:00Z", 50)], "2026-01-02T00:00:00Z");
    expect(await record([hour("2026-01-01T08:00:00Z", 55), hour("2026-01-01T09:00:00Z", 60)], "2026-01-03T00:00:00Z")).toMatchObject({ inserted: 1, revised: 1 });
    expect(await values()).toEqual(["2026-01-01T07 40", "2026-01-01T08 55", "2026-01-01T09 60"]);
    expect(await values("2026-01-02T12:00:00Z")).toEqual(["2026-01-01T07 40", "2026-01-01T08 50"]);
    expect(await values("2026-01-01T12:00:00Z")).toEqual([]);
  });

  test("an older document that comes late goes behind what is newer", async () => {
    await record([hour("2026-01-01T07:00:00Z", 44)], "2026-01-05T00:00:00Z");
    expect(await record([hour("2026-01-01T07:00:00Z", 40)], "2026-01-02T00:00:00Z")).toMatchObject({ inserted: 0, revised: 0, late: 1 });
    expect(await values()).toEqual(["2026-01-01T07 44"]);
    expect(await values("2026-01-03T00:00:00Z")).toEqual(["2026-01-01T07 40"]);
  });

  test("a null is no zero: it isn't stored by itself, and takes a value back", async () => {
    expect(await record([hour("2026-01-01T07:00:00Z", null)], "2026-01-02T00:00:00Z")).toMatchObject({ inserted: 0 });
    expect(await values()).toEqual([]);
    await record([hour("2026-01-01T07:00:00Z", 40)], "2026-01-03T00:00:00Z");
    expect(await record([hour("2026-01-01T07:00:00Z", null)], "2026-01-04T00:00:00Z")).toMatchObject({ revised: 1 });
    expect(await values()).toEqual(["2026-01-01T07 null"]);
    expect(await rollups("day")).toEqual([]);
    expect(await values("2026-01-03T12:00:00Z")).toEqual(["2026-01-01T07 40"]);
  });

  test("lines that take turns, change order and repeat themselves are each recorded once", async () => {
    const loads = { metric: "internal-load", unit: "MW" } as const;
    const inTurn = ["07", "08", "06"].flatMap((text, i) => [hour(`2026-01-01T${text}:00:00Z`, i), hour(`2026-01-01T${text}:00:00Z`, 100 + i, loads)]);
    const again = [hour("2026-01-01T08:00:00Z", 1), hour("2026-01-01T09:00:00Z", 3), hour("2026-01-01T06:00:00Z", 102, loads)];
    expect(await record([...inTurn, ...again], "2026-01-02T00:00:00Z")).toEqual({ observations: 7, known: false, inserted: 7, revised: 0, late: 0 });
    expect(await values()).toEqual(["2026-01-01T06 2", "2026-01-01T07 0", "2026-01-01T08 1", "2026-01-01T09 3"]);
    await expect(record([...inTurn, hour("2026-01-01T06:00:00Z", 2.5)], "2026-01-02T00:00:00Z")).rejects.toMatchObject({ name: "SourceFormatError" });
  });

  test("days lie years apart, and those between have no row", async () => {
    await record([hour("2003-07-01T20:00:00Z", 1), hour("2026-01-01T07:00:00Z", 2), hour("2025-03-09T12:00:00Z", 3)], "2026-01-02T00:00:00Z");
    expect((await rollups("day")).map(({ starts_at, total }) => [starts_at.toISOString(), total])).toEqual([
      ["2003-07-01T06:00:00.000Z", 1], ["2025-03-09T07:00:00.000Z", 3], ["2026-01-01T07:00:00.000Z", 2],
    ]);
  });

  test("a document with two values for one interval is refused whole", async () => {
    const twice = [hour("2026-01-01T06:00:00Z", 1), hour("2026-01-01T07:00:00Z", 40), hour("2026-01-01T07:00:00Z", 41)];
    await expect(record(twice, "2026-01-02T00:00:00Z")).rejects.toMatchObject({ name: "SourceFormatError" });
    expect(await inspect("select count(*)::int as n from app.observations")).toEqual([{ n: 0 }]);
    expect(await record([hour("2026-01-01T07:00:00Z", 40), hour("2026-01-01T07:00:00Z", 40)], "2026-01-02T00:00:00Z")).toMatchObject({ observations: 1, inserted: 1 });
  });

  test("a document from the future is refused whole, and doesn't stand before those that come after it", async () => {
    await expect(record([hour("2026-01-01T07:00:00Z", 16_190)], "2036-01-02T00:00:00Z")).rejects.toMatchObject({ name: "SourceFormatError" });
    await expect(record([hour("2026-01-01T07:00:00Z", 40), hour("2031-01-01T07:00:00Z", 41)], "2026-01-02T00:00:00Z")).rejects.toMatchObject({ name: "SourceFormatError" });
    expect(await record([hour("2026-01-01T07:00:00Z", 15_000)], "2026-01-02T00:00:00Z")).toMatchObject({ inserted: 1, late: 0 });
    expect(await values()).toEqual(["2026-01-01T07 15000"]);
  });

  test("days are the source's own, of 23 and 25 hours", async () => {
    const days = ["2025-03-09", "2025-11-02", "2026-11-01"].map((text) => {
      const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
      return dayOf({ year, month, day }, source.zone);
    });
    for (const { start, end } of days) {
      const starts = Array.from({ length: (end.getTime() - start.getTime()) / 3_600_000 }, (_, i) => new Date(start.getTime() + i * 3_600_000).toISOString());
      await record(starts.map((text) => hour(text, 10)), "2026-11-05T00:00:00Z");
    }
    expect((await rollups("day")).map(({ total, mean, covered_seconds }) => [total, mean, covered_seconds / 3_600])).toEqual([[230, 10, 23], [250, 10, 25], [240, 10, 24]]);
  });

  test("hours of five minutes are weighted by what is there, and the least good quality is theirs", async () => {
    const minutes = (start: string, value: number, quality: Observation["quality"] = "measured") => hour(start, value, { ...spanFrom(at(start), 5), quality });
    await record([minutes("2026-01-01T07:00:00Z", 10), minutes("2026-01-01T07:05:00Z", 40, "estimated"), minutes("2026-01-01T09:55:00Z", 7)], "2026-01-02T00:00:00Z");
    await record([minutes("2026-01-01T08:30:00Z", 99)], "2026-01-02T00:00:00Z");
    await record([minutes("2026-01-01T07:10:00Z", 100), minutes("2026-01-01T09:00:00Z", 1)], "2026-01-02T00:00:00Z");
    expect(await rollups("hour")).toMatchObject([
      { mean: 50, min: 10, max: 100, covered_seconds: 900, quality: "estimated" },
      { mean: 99, covered_seconds: 300, quality: "measured" },
      { mean: 4, covered_seconds: 600 },
    ]);
  });

  test("rollups equal a recount after random edits", async () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 25; round += 1) {
      const observations = new Map<string, Observation>();
      for (let i = 0; i < 40; i += 1) {
        const start = new Date(at("2025-10-31T00:00:00Z").getTime() + random(12 * 24 * 5) * 300_000).toISOString();
        observations.set(start, hour(start, random(10) === 0 ? null : random(1_000) / 10, spanFrom(at(start), 5)));
      }
      await record([...observations.values()], new Date(at("2026-01-01T00:00:00Z").getTime() + random(30) * 86_400_000).toISOString());
    }
    const recount = await inspect<{ starts_at: Date; total: number; n: number }>(`
      select date_trunc('hour', starts_at) as starts_at, sum(value) as total, sum(extract(epoch from ends_at - starts_at))::int as n
      from app.observations where value is not null group by 1 order by 1`);
    const stored = await rollups("hour");
    expect(stored.map(({ starts_at, covered_seconds }) => [starts_at, covered_seconds])).toEqual(recount.map(({ starts_at, n }) => [starts_at, n]));
    stored.forEach(({ total }, i) => expect(total).toBeCloseTo(recount[i]?.total ?? Number.NaN, 9));
    const days = await rollups("day");
    expect(days.reduce((sum, { covered_seconds }) => sum + covered_seconds, 0)).toBe(recount.reduce((sum, { n }) => sum + n, 0));
  });

  test("a recording that is broken off is taken up again, and nothing is doubled", async () => {
    // A transaction's worth, twice, and some more.
    const batch = engine === "server" ? 20_000 : 5_000;
    const count = 2 * batch + 2_000;
    const observations = Array.from({ length: count }, (_, i) => hour(new Date(at("2020-01-01T00:00:00Z").getTime() + i * 3_600_000).toISOString(), i));
    const breakOff: RecordOptions = { onProgress: (done) => { if (done === 2 * batch) throw new Error("killed"); } };
    await expect(record(observations, "2026-01-02T00:00:00Z", breakOff, "long")).rejects.toThrow("killed");
    expect(await inspect("select count(*)::int as n from app.observations")).toEqual([{ n: 2 * batch }]);
    const seen: number[] = [];
    expect(await record(observations, "2026-01-02T00:00:00Z", { onProgress: (done) => seen.push(done) }, "long")).toMatchObject({ known: false, inserted: 2_000, revised: 0 });
    expect(seen).toEqual([batch, 2 * batch, count]);
    expect(await record(observations, "2026-01-02T00:00:00Z", {}, "long")).toMatchObject({ known: true });
    expect(await inspect("select count(*)::int as n, count(distinct starts_at)::int as d from app.observations")).toEqual([{ n: count, d: count }]);
  });

  test("a source that goes back to an earlier document without a date of its own is followed, once", async () => {
    const fetched = (text: string, value: number, hourOfDay: number) =>
      recordReading(source, { bytes: new TextEncoder().encode(text), origin: "test", fetchedAt: at(`2026-01-02T${hourOfDay}:00:00Z`) },
        { publishedAt: null, observations: [hour("2026-01-01T07:00:00Z", value)], warnings: [] });
    await fetched("A", 40, 10);
    await fetched("B", 44, 11);
    expect(await fetched("A", 40, 12)).toMatchObject({ known: false, revised: 1 });
    expect(await values()).toEqual(["2026-01-01T07 40"]);
    expect(await values("2026-01-02T11:30:00Z")).toEqual(["2026-01-01T07 44"]);
    expect(await fetched("A", 40, 13)).toMatchObject({ known: true, revised: 0 });
  });

  test("an earlier document with a date of its own, or of another address, isn't gone through again", async () => {
    const observations = [hour("2026-01-01T07:00:00Z", 40)];
    await record(observations, "2026-01-02T00:00:00Z", {}, "dated");
    await record([hour("2026-01-01T07:00:00Z", 44)], "2026-01-03T00:00:00Z");
    expect(await record(observations, "2026-01-02T00:00:00Z", {}, "dated")).toMatchObject({ known: true });
    const station = (name: string) => recordReading(source, { bytes: new TextEncoder().encode(name), origin: name, fetchedAt: at("2026-01-04T00:00:00Z") },
      { publishedAt: null, observations: [hour("2026-01-02T07:00:00Z", 1, { item: name })], warnings: [] });
    await station("one");
    await station("two");
    expect(await station("one")).toMatchObject({ known: true });
  });

  test("two writers of one source at once keep every value and every revision", async () => {
    const both = ["2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z", "2026-01-05T00:00:00Z"];
    await Promise.all(both.map((published, i) => record([hour("2026-01-01T07:00:00Z", i), hour("2026-01-01T08:00:00Z", 10 * i)], published)));
    expect(await values()).toEqual(["2026-01-01T07 3", "2026-01-01T08 30"]);
    for (const [i, published] of both.entries()) expect(await values(published)).toEqual([`2026-01-01T07 ${i}`, `2026-01-01T08 ${i * 10}`]);
  });

  test("sources that begin many years at once don't get in each other's way", async () => {
    const ids = ["test.prices", "test.loads", "test.flows", "test.powers"];
    const years = Array.from({ length: 12 }, (_, i) => hour(`${2000 + i}-06-01T07:00:00Z`, i));
    for (const observation of years) {
      await Promise.all(ids.map((id) => recordReading({ ...source, id }, { bytes: new TextEncoder().encode(`${id} ${observation.value}`), origin: "test", fetchedAt: at("2026-11-21T12:00:00Z") },
        { publishedAt: null, observations: [observation], warnings: [] })));
    }
    expect(await inspect("select count(*)::int as n from app.observations")).toEqual([{ n: 48 }]);
  });

  test("an observation of a series or a document that isn't there is refused, and a document that observations name isn't forgotten", async () => {
    await record([hour("2026-01-01T07:00:00Z", 40)], "2026-01-02T00:00:00Z");
    const row = { starts_at: at("2026-01-01T08:00:00Z"), ends_at: at("2026-01-01T09:00:00Z"), value: 1, quality: "measured", known_at: at("2026-01-02T00:00:00Z") } as const;
    const insert = (series_id: number, payload_id: number) => db.as(system("test"), (tx) => tx.insertInto("app.observations").values({ ...row, series_id, payload_id }).execute());
    await expect(insert(99, 1)).rejects.toThrow(/series that there isn't/);
    await expect(insert(1, 99)).rejects.toThrow(/document that there isn't/);
    await expect(db.as(system("test"), (tx) => tx.updateTable("app.observations").set({ payload_id: 99 }).execute())).rejects.toThrow(/document that there isn't/);
    await expect(db.as(system("test"), (tx) => tx.deleteFrom("app.payloads").execute())).rejects.toThrow(/named by observations/);
    await insert(1, 1);
    await db.as(system("test"), (tx) => tx.deleteFrom("app.series").execute());
    expect(await inspect("select count(*)::int as n from app.observations")).toEqual([{ n: 0 }]);
  });

  test("a reissue that changes nothing leaves the version of answers alone, and is forgotten after a while", async () => {
    await record([hour("2026-01-01T07:00:00Z", 40)], "2026-01-02T00:00:00Z");
    const version = () => db.as(anonymous, (tx) => findVersion(tx, [source.id]));
    const before = await version();
    await record([hour("2026-01-01T07:00:00Z", 40)], "2026-01-03T00:00:00Z");
    expect(await version()).toBe(before);
    expect(await db.as(system("test"), (tx) => purgePayloads(tx, at("2026-11-21T13:00:00Z")))).toBe(1);
    expect(await inspect("select count(*)::int as n from app.payloads")).toEqual([{ n: 1 }]);
    await record([hour("2026-01-01T07:00:00Z", 41)], "2026-01-04T00:00:00Z");
    expect(await version()).not.toBe(before);
  });

  test("visitors read and write nothing, partitions included", async () => {
    await record([hour("2026-01-01T07:00:00Z", 40)], "2026-01-02T00:00:00Z");
    await expect(db.as(anonymous, (tx) => tx.deleteFrom("app.observations").execute())).rejects.toThrow(/permission denied/);
    expect(await db.as(anonymous, (tx) => tx.selectFrom("app.series").select("metric").execute())).toEqual([{ metric: "price" }]);
    await expect(db.as(system("test"), (tx) => tx.insertInto("app.observations").values({ series_id: 1, starts_at: at("2026-01-01T07:00:00Z"), ends_at: at("2026-01-01T07:00:00Z"), value: 1, quality: "measured", known_at: new Date(), payload_id: 1 }).execute())).rejects.toThrow(/check/);
  });
});
