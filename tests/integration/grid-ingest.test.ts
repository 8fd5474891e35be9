import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { newId } from "#lib/ids.ts";
import { anonymous, system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { endRun, startRun } from "#domains/grid/health/source-queries.ts";
import { ingest, ingestPayload, type IngestOptions } from "#domains/grid/ingest/ingest.ts";
import { listSourceHours, listSourceRuns } from "#domains/grid/health/source-runs.ts";
import { iesoDemand } from "#domains/grid/sources/ieso-demand.ts";
import type { Source } from "#domains/grid/sources/source.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { startFakeProvider, type FakeProvider } from "../support/fake-provider.ts";
import { observationsOf, recordObservations } from "../support/grid.ts";
import { resetEnvironment, useEnvironment } from "../support/http.ts";

const demand = (created: string, ...rows: string[]) => `\\\\Hourly Demand Report,,,\n\\\\Created at ${created},,,\n\\\\For 2026,,,\nDate,Hour,Market Demand,Ontario Demand\n${rows.join("\n")}\n`;
const first = demand("2026-01-02 07:30:00", "2026-01-01,1,17000,15000", "2026-01-01,2,16900,14900");
const revised = demand("2026-01-03 07:30:00", "2026-01-01,1,17000,15000", "2026-01-01,2,16900,14950", "2026-01-02,1,17100,15100");

describe.each(engines)("ingesting on the %s engine", (engine) => {
  let opened: TestDatabase;
  let provider: FakeProvider;
  let source: Source;

  beforeEach(async () => {
    opened = await openTestDatabase(engine);
    provider = await startFakeProvider();
    useEnvironment({ OUTBOUND_ALLOWED_HOSTS: provider.host });
    source = { ...iesoDemand, documents: () => [{ url: provider.url("/2026.csv") }] };
  });
  afterEach(async () => {
    resetEnvironment();
    await provider.close();
    await opened.close();
  });

  const run = (options: Partial<IngestOptions> = {}) => ingest(source, { cause: "command", ...options });
  const ontario = async () => (await inspect<{ value: number }>("select o.value from app.observations o join app.series s on s.id = series_id where metric = 'demand' order by starts_at")).map(({ value }) => value);

  test("what is new is stored, what is unchanged isn't sent again, what is revised takes its place", async () => {
    provider.serve("/2026.csv", { kind: "document", text: first });
    expect(await run()).toMatchObject({ outcome: "ok", inserted: 4, revised: 0 });
    expect(await run()).toMatchObject({ outcome: "unchanged", unchanged: 1, bytes: 0 });
    expect(provider.requests.map(({ conditional }) => conditional)).toEqual([false, true]);
    provider.serve("/2026.csv", { kind: "document", text: revised });
    expect(await run()).toMatchObject({ outcome: "ok", inserted: 2, revised: 1 });
    expect(await ontario()).toEqual([15_000, 14_950, 15_100]);
    const [view] = await inspect("select ontario_demand_mw, market_demand_mw from public.ontario_hourly_demand order by hour_start desc limit 1");
    expect(view).toEqual({ ontario_demand_mw: 15_100, market_demand_mw: 17_100 });
  });

  test("a busy server is asked again when it says, a broken answer at once after a pause", async () => {
    provider.serve("/2026.csv", { kind: "status", status: 429, retryAfter: "1" }, { kind: "cut", text: first }, { kind: "document", text: first });
    expect(await run()).toMatchObject({ outcome: "ok", inserted: 4 });
    const [one, two] = provider.requests;
    expect((two?.at ?? 0) - (one?.at ?? 0)).toBeGreaterThanOrEqual(990);
    expect(provider.requests).toHaveLength(3);
  });

  test("a server that asks to be left alone for long is, by every run and for every document, as long as it asks", async () => {
    source = { ...source, documents: () => ["/a", "/b"].map((path) => ({ url: provider.url(path) })) };
    provider.serve("/a", { kind: "status", status: 429, retryAfter: "600" });
    provider.serve("/b", { kind: "document", text: first });
    for (let i = 0; i < 2; i += 1) expect(await run()).toMatchObject({ outcome: "failed", unreachable: true, error: expect.stringMatching(/left alone until 20/) as string });
    expect(provider.requests.map(({ path }) => path)).toEqual(["/a"]);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 601_000 });
    try {
      provider.serve("/a", { kind: "document", text: first });
      expect(await run()).toMatchObject({ outcome: "ok", documents: 2 });
    } finally {
      vi.useRealTimers();
    }
  });

  test("what an address answered already, as the first page of a set did, isn't asked for again", async () => {
    provider.serve("/2.csv", { kind: "document", text: revised });
    const fetched = { bytes: new TextEncoder().encode(first), fetchedAt: new Date(), etag: null, lastModified: null };
    const outcome = await run({ documents: [{ url: provider.url("/1.csv"), fetched }, { url: provider.url("/2.csv") }] });
    expect(outcome).toMatchObject({ outcome: "ok", documents: 2, inserted: 6, revised: 1 });
    expect(provider.requests.map(({ path }) => path)).toEqual(["/2.csv"]);
  });

  test.each<[string, Parameters<FakeProvider["serve"]>[1], RegExp]>([
    ["a web page instead of data", { kind: "page" }, /web page/],
    ["a document of another kind", { kind: "document", text: "Date,Hour,Price\n2026-01-01,1,5\n" }, /no header line/],
    ["a status that no try mends", { kind: "status", status: 403 }, /403/],
    ["nothing", { kind: "status", status: 404 }, /nothing at this address/],
  ])("%s fails, once, and leaves what was there", async (_, behaviour, message) => {
    provider.serve("/2026.csv", { kind: "document", text: first });
    await run();
    provider.serve("/2026.csv", behaviour);
    expect(await run({ again: true })).toMatchObject({ outcome: "failed", error: expect.stringMatching(message) as string });
    expect(provider.requests).toHaveLength(2);
    expect(await ontario()).toEqual([15_000, 14_900]);
    const [state] = await inspect("select enabled, failures, last_error is not null as said, last_success_at is not null as succeeded from public.source_health");
    expect(state).toEqual({ enabled: true, failures: 1, said: true, succeeded: true });
    const kept = await inspect<{ error: string }>("select last_error as error from public.source_health union all select error from app.ingest_runs where outcome = 'failed'");
    expect(kept.map(({ error }) => [error.includes("://"), error.includes("/2026.csv")])).toEqual([[false, true], [false, true]]);
  });

  test("a source is off until a document of it was understood", async () => {
    provider.serve("/2026.csv", { kind: "page" });
    await run({ cause: "check" });
    expect(await inspect("select enabled, failures from app.source_states")).toEqual([{ enabled: false, failures: 1 }]);
    provider.serve("/2026.csv", { kind: "document", text: first });
    await run({ cause: "check" });
    expect(await inspect("select enabled, failures from app.source_states")).toEqual([{ enabled: true, failures: 0 }]);
  });

  test("a file, or an address that somebody gives, tells data and nothing about how the source does", async () => {
    const file = (text: string) => ingestPayload(source, { bytes: new TextEncoder().encode(text), origin: "a.csv", fetchedAt: new Date() });
    const state = () => inspect("select enabled, failures, last_error, checked_at, last_run_at, last_success_at, data_until is not null as told from app.source_states");
    const untouched = { enabled: false, failures: 0, last_error: null, checked_at: null, last_run_at: null, last_success_at: null };
    provider.serve("/other.csv", { kind: "page" });
    for (let i = 0; i < 3; i += 1) await expect(file("garbage")).rejects.toMatchObject({ name: "SourceFormatError" });
    expect(await run({ cause: "address", documents: [{ url: provider.url("/other.csv") }] })).toMatchObject({ outcome: "failed" });
    expect(await state()).toEqual([{ ...untouched, told: false }]);
    expect(await file(first)).toMatchObject({ outcome: "ok", inserted: 4 });
    expect(await state()).toEqual([{ ...untouched, told: true }]);
    expect((await listSourceRuns(anonymous, "ieso.demand", { limit: 10 })).items.map(({ cause, outcome }) => [cause, outcome])).toEqual([
      ["file", "ok"], ["address", "failed"], ["file", "failed"], ["file", "failed"], ["file", "failed"],
    ]);
    expect(await listSourceHours(anonymous, new Date())).toEqual({});
  });

  test("a run that asked for nothing, or found nothing, is no success", async () => {
    const success = async () => (await inspect<{ at: Date | null }>("select last_success_at as at from app.source_states"))[0]?.at ?? null;
    source = { ...source, documents: () => [] };
    expect(await run({ cause: "schedule" })).toMatchObject({ documents: 0 });
    source = { ...source, documents: () => [{ url: provider.url("/2026.csv"), mayBeMissing: true }] };
    expect(await run({ cause: "schedule" })).toMatchObject({ documents: 1, missing: 1 });
    expect(await success()).toBeNull();
    provider.serve("/2026.csv", { kind: "document", text: first });
    await run({ cause: "schedule" });
    expect(await success()).toBeInstanceOf(Date);
  });

  test("one document that fails doesn't stop the others, and is tried again with the next run", async () => {
    source = { ...source, documents: () => ["/a", "/b", "/c"].map((path) => ({ url: provider.url(path), mayBeMissing: path === "/c" })) };
    provider.serve("/a", { kind: "page" }, { kind: "document", text: first });
    provider.serve("/b", { kind: "document", text: revised });
    expect(await run()).toMatchObject({ outcome: "failed", documents: 3, missing: 1, inserted: 6 });
    expect(await run()).toMatchObject({ outcome: "ok", documents: 3, unchanged: 1, missing: 1, late: 1 });
    expect(await ontario()).toEqual([15_000, 14_950, 15_100]);
  });

  test("a run that is stopped ends after the document at hand, and the next one goes on", async () => {
    const paths = ["/1", "/2", "/3", "/4"];
    source = { ...source, documents: () => paths.map((path) => ({ url: provider.url(path) })) };
    paths.forEach((path, i) => provider.serve(path, { kind: "document", text: demand("2026-02-01 07:30:00", `2026-01-0${i + 1},1,17000,1500${i + 1}`) }));
    const stop = new AbortController();
    const outcome = await run({ signal: stop.signal, onProgress: ({ document, stored }) => { if (document === 2 && stored > 0) stop.abort(); } });
    expect(outcome).toMatchObject({ outcome: "stopped", documents: 2 });
    expect(await run()).toMatchObject({ outcome: "ok", documents: 4, unchanged: 2, inserted: 4 });
    expect(await ontario()).toEqual([15_001, 15_002, 15_003, 15_004]);
    expect(await inspect("select outcome from public.edge_invocation_log order by id")).toEqual([{ outcome: "stopped" }, { outcome: "ok" }]);
  });

  test("how far a source's data reaches is asked of the newest value of each series, however long its past", async () => {
    const oldest = (Math.floor(Date.now() / 3_600_000) - 2_000) * 3_600_000;
    const hours = observationsOf({ region: "CA-ON", metric: "demand", unit: "MW" }, new Date(oldest).toISOString(), 60, Array.from({ length: 2_000 }, (_, i) => i));
    await recordObservations(source.id, hours, new Date().toISOString());
    const counts = { documents: 1, unchanged: 0, missing: 0, observations: 0, inserted: 0, revised: 0, late: 0, bytes: 0, warnings: [] };
    const read = await db.as(system("test"), async (tx) => {
      // A connection's counters hold what it read for earlier transactions, too.
      const rowsRead = async () => (await sql<{ rows: number }>`
        select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_all_tables where relname like 'observations_2%'`.execute(tx)).rows[0]?.rows ?? 0;
      await startRun(tx, newId(), source.id, "command");
      const before = await rowsRead();
      await endRun(tx, newId(), source.id, "command", counts, { outcome: "ok", error: null });
      return (await rowsRead()) - before;
    });
    expect(read).toBe(1);
    expect(await inspect("select data_until from app.source_states")).toEqual([{ data_until: hours.at(-1)?.end }]);
  });

  test("a process that died before noting a document fetches it whole again, and doubles nothing", async () => {
    provider.serve("/2026.csv", { kind: "document", text: first });
    await run();
    await inspect("delete from app.source_documents");
    expect(await run()).toMatchObject({ outcome: "unchanged", inserted: 0, revised: 0, observations: 4 });
    expect(provider.requests.at(-1)?.conditional).toBe(false);
    expect(await ontario()).toEqual([15_000, 14_900]);
  });
});
