import { spawn } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { backfill } from "#domains/grid/ingest/backfill.ts";
import { ingest } from "#domains/grid/ingest/ingest.ts";
import { backfillJob, dueJob, enqueueDue, gridJobs, ingestJob, purgeJob, startGrid } from "#domains/grid/jobs.ts";
import { checkSources } from "#domains/grid/ingest/source-checks.ts";
import { sourceSays } from "#domains/grid/health/source-words.ts";
import { iesoDemand } from "#domains/grid/sources/ieso-demand.ts";
import { kaggleDataset } from "#domains/grid/sources/kaggle-dataset.ts";
import type { Source } from "#domains/grid/sources/source.ts";
import { startWorkers } from "#platform/queue/queue.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { startFakeProvider, type FakeProvider } from "../support/fake-provider.ts";
import { demandAt, fiveMinutes, listCatalogue, publishObservations } from "../support/grid-news.ts";
import { resetEnvironment, useEnvironment } from "../support/http.ts";

const demand = (...rows: string[]) => `\\\\Hourly Demand Report,,,\n\\\\Created at 2026-01-02 07:30:00,,,\n\\\\For 2026,,,\nDate,Hour,Market Demand,Ontario Demand\n${rows.join("\n")}\n`;
const page = demand("2026-01-01,1,17000,15000");
const never = new AbortController().signal;
const queued = () => inspect<{ name: string; key: string | null }>("select name, singleton_key as key from pgboss.job where name like 'grid.%' and state = 'created' order by name, singleton_key");

describe.each(engines)("scheduled ingest on the %s engine", (engine) => {
  let opened: TestDatabase;
  let provider: FakeProvider;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
    provider = await startFakeProvider();
    useEnvironment({ OUTBOUND_ALLOWED_HOSTS: provider.host, GRID_INGEST: "on" });
  });
  afterEach(async () => {
    resetEnvironment();
    await provider.close();
    await opened.close();
  });
  const source = (id: string, ...paths: string[]): Source => ({ ...iesoDemand, id, documents: () => paths.map((path) => ({ url: provider.url(path) })) });
  const states = () => inspect<{ source: string; enabled: boolean; failures: number }>("select source, enabled, failures from app.source_states order by source");

  test("kept off the network, nothing is enqueued, and a job that is there asks nobody", async () => {
    useEnvironment({ GRID_INGEST: "off" });
    await inspect("insert into app.source_states (source, enabled) values ('ieso.demand', true)");
    await startGrid();
    expect(await dueJob.run({}, never)).toBeNull();
    expect(await ingestJob.run({ source: "ieso.demand" }, never)).toMatchObject({ outcome: "off", obstacle: expect.stringMatching(/GRID_INGEST/) as string });
    expect(await backfillJob.run({ source: "ieso.demand" }, never)).toBeNull();
    expect(gridJobs().map(({ name }) => name)).toEqual(["grid.purge"]);
    expect(await queued()).toEqual([]);
    expect(await inspect("select * from app.ingest_runs")).toEqual([]);
  });

  test("what is due is enqueued once, with its past; what is off, ended or without its key isn't", async () => {
    await inspect(`insert into app.source_states (source, enabled, decided, last_run_at, failures, backfilled_at) values
      ('ieso.demand', true, false, now() - interval '2 hours', 0, null), ('ieso.zonal-price', true, false, now() - interval '10 minutes', 0, now()),
      ('ieso.realtime-totals', true, false, now() - interval '1 minute', 0, now()), ('ieso.intertie-flow', true, false, now() - interval '70 minutes', 3, now()),
      ('aeso.pool-price', false, true, null, 0, null), ('kaggle.dataset', true, true, null, 0, null), ('ieso.hoep', true, true, null, 0, null)`);
    for (let i = 0; i < 3; i += 1) expect(await enqueueDue(new Date())).toBe(true);
    expect((await queued()).filter(({ name }) => name !== "grid.check")).toEqual([
      { name: "grid.backfill", key: "ieso.demand" }, { name: "grid.ingest", key: "ieso.demand" }, { name: "grid.ingest", key: "ieso.zonal-price" },
    ]);
    expect(sourceSays(kaggleDataset, null, new Date())).toMatch(/KAGGLE_API_TOKEN/);
  });

  test("a source comes on when its check passes; a server that can't be reached is asked once for all its sources", async () => {
    provider.serve("/good", { kind: "document", text: page });
    provider.serve("/bad", { kind: "page" });
    const gone = await startFakeProvider();
    useEnvironment({ OUTBOUND_ALLOWED_HOSTS: `${provider.host},${gone.host}`, GRID_INGEST: "on" });
    await gone.close();
    const away = (id: string): Source => ({ ...iesoDemand, id, documents: () => [{ url: gone.url("/a") }, { url: gone.url("/b") }] });
    const list = [away("away.one"), source("good.one", "/good"), away("away.two"), source("bad.one", "/bad"), source("missing.one", "/missing"), { ...source("ended.one", "/good"), endedAt: new Date() }];
    const started = Date.now();
    expect(await checkSources({ sources: list, signal: never })).toEqual({ asked: ["away.one", "good.one", "bad.one", "missing.one"], passed: ["good.one"], unreachable: [gone.host] });
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(await states()).toEqual([
      { source: "away.one", enabled: false, failures: 1 }, { source: "away.two", enabled: false, failures: 1 }, { source: "bad.one", enabled: false, failures: 1 },
      { source: "good.one", enabled: true, failures: 0 }, { source: "missing.one", enabled: false, failures: 1 },
    ]);
    expect(await checkSources({ sources: list, signal: never })).toMatchObject({ asked: [] });
    provider.serve("/bad", { kind: "document", text: page });
    expect(await checkSources({ sources: list, signal: never, all: true })).toMatchObject({ passed: ["bad.one"] });
  });

  test("documents that aren't there yet prove nothing", async () => {
    const early: Source = { ...iesoDemand, id: "early.one", documents: () => [{ url: provider.url("/tomorrow"), mayBeMissing: true }] };
    expect(await checkSources({ sources: [early], signal: never })).toMatchObject({ asked: ["early.one"], passed: [] });
    expect(await states()).toMatchObject([{ enabled: false }]);
  });

  test("two runs of a source don't meet, and one that was stopped goes on next time", async () => {
    provider.serve("/slow", { kind: "slow", text: page, afterMs: 1_500 });
    provider.serve("/next", { kind: "document", text: demand("2026-01-01,2,17000,15100") });
    const slow = source("slow.one", "/slow", "/next");
    const stop = new AbortController();
    const running = ingest(slow, { cause: "schedule", signal: stop.signal });
    await expect.poll(() => provider.requests.length, { timeout: 5_000 }).toBe(1);
    expect(await ingest(slow, { cause: "schedule" })).toMatchObject({ outcome: "busy", documents: 0 });
    stop.abort();
    expect(await running).toMatchObject({ outcome: "stopped" });
    expect(await states()).toEqual([{ source: "slow.one", enabled: false, failures: 0 }]);
    provider.serve("/slow", { kind: "document", text: page });
    expect(await ingest(slow, { cause: "schedule" })).toMatchObject({ outcome: "ok", inserted: 4 });
  });

  test("the past is fetched step by step, the newest first, goes on where it was stopped, and ends where the publisher keeps no more", async () => {
    const asked: string[] = [];
    const past: Source = {
      ...iesoDemand, id: "ieso.zonal-price",
      documents: (range) => {
        const day = range?.from.toISOString().slice(0, 10) ?? "";
        asked.push(day);
        return [{ url: provider.url(`/${day}`), mayBeMissing: true }];
      },
    };
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    for (const ago of [1, 2, 3]) provider.serve(`/${day(ago)}`, { kind: "document", text: demand(`${day(ago)},1,17000,15000`) });
    await inspect("insert into app.source_states (source, enabled) values ('ieso.zonal-price', true)");
    const stop = new AbortController();
    const first = backfill({ ...past, documents: (range) => { if (asked.length === 1) stop.abort(); return past.documents(range); } }, stop.signal);
    expect(await first).toMatchObject({ runs: 1, done: false, inserted: 2 });
    expect(await backfill(past, never)).toMatchObject({ runs: 3, done: true, inserted: 4 });
    expect(asked).toEqual([day(1), day(2), day(2), day(3), day(4)]);
    expect(await backfill(past, never)).toMatchObject({ runs: 0, done: true });
    expect(await inspect("select last_run_at, failures, backfilled_at is not null as done from app.source_states")).toEqual([{ last_run_at: null, failures: 0, done: true }]);
  });

  test("what was missed while nobody asked is fetched, back to where the data ended and no further", async () => {
    const asked: string[] = [];
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    const missed: Source = {
      ...iesoDemand, id: "ieso.zonal-price", cadenceMinutes: 5,
      documents: (range) => {
        if (range) asked.push(range.from.toISOString().slice(0, 10));
        return [{ url: provider.url(range ? "/past" : "/now") }];
      },
    };
    for (const path of ["/now", "/past"]) provider.serve(path, { kind: "document", text: demand(`${day(1)},1,17000,15000`) });
    const state = async () => (await inspect<{ done: boolean; gap: boolean }>("select backfilled_at is not null as done, gap_from is not null as gap from app.source_states"))[0];
    await inspect(`insert into app.source_states (source, enabled, last_success_at, data_until, backfilled_at, backfilled_from)
      values ('ieso.zonal-price', true, now() - interval '30 minutes', now() - interval '10 days', now(), now() - interval '7 days')`);
    expect(await ingest(missed, { cause: "schedule" })).toMatchObject({ outcome: "ok" });
    expect(await state()).toEqual({ done: true, gap: false });
    await inspect("update app.source_states set last_success_at = now() - interval '10 days', data_until = now() - interval '9 days 12 hours'");
    expect(await ingest(missed, { cause: "schedule" })).toMatchObject({ outcome: "unchanged" });
    expect(await state()).toEqual({ done: false, gap: true });
    expect(await ingest(missed, { cause: "schedule" })).toMatchObject({ outcome: "unchanged" });
    expect(await backfill(missed, never)).toMatchObject({ runs: 10, done: true });
    expect(asked.slice(0, 2)).toEqual([day(1), day(2)]);
    expect(await state()).toEqual({ done: true, gap: false });
  });

  test("a past that fails waits, and says nothing about what is new", async () => {
    const past: Source = { ...iesoDemand, id: "ieso.demand", documents: () => [{ url: provider.url("/broken") }] };
    provider.serve("/broken", { kind: "page" });
    await inspect("insert into app.source_states (source, enabled) values ('ieso.demand', true)");
    expect(await backfill(past, never)).toMatchObject({ runs: 1, done: false });
    expect(await inspect("select failures, last_error, backfill_failures from app.source_states")).toEqual([{ failures: 0, last_error: null, backfill_failures: 1 }]);
  });

  test("what streams told two days ago and runs of long ago are forgotten", async () => {
    await listCatalogue();
    await publishObservations([demandAt(fiveMinutes(20), 1), demandAt(fiveMinutes(15), 2)]);
    await inspect("update app.stream_events set created_at = now() - interval '49 hours' where value = 1");
    await inspect("insert into app.ingest_runs (source, cause, started_at) values ('a.b', 'check', now() - interval '91 days'), ('a.b', 'check', now())");
    await inspect("insert into app.source_documents (source, url, fetched_at) values ('a.b', 'x', now() - interval '61 days'), ('a.b', 'y', now())");
    expect(await purgeJob.run({}, never)).toEqual({ events: 1, rows: 2, payloads: 0 });
    expect(await inspect("select value from app.stream_events")).toEqual([{ value: 2 }]);
    expect(await purgeJob.run({}, never)).toBeNull();
  });

  test("the workers take a job from the queue and run it", async () => {
    await listCatalogue();
    await inspect("insert into app.source_states (source, enabled, decided) values ('huggingface.dataset', true, true)");
    const handled: unknown[] = [];
    const stop = await startWorkers([{ ...ingestJob, run: async (data, signal) => { handled.push(data); return ingestJob.run(data, signal); } }]);
    await inspect("select app.enqueue('grid.ingest', '{\"source\": \"huggingface.dataset\"}'::jsonb, 'huggingface.dataset')");
    await expect.poll(() => handled, { timeout: 10_000 }).toEqual([{ source: "huggingface.dataset" }]);
    await stop(5_000);
  });
});

describe("a run whose process is killed", () => {
  test("is ended as failed by the next, which loses and doubles nothing", async () => {
    const opened = await openTestDatabase("server");
    const provider = await startFakeProvider();
    useEnvironment({ OUTBOUND_ALLOWED_HOSTS: provider.host, GRID_INGEST: "on" });
    try {
      provider.serve("/slow", { kind: "slow", text: page, afterMs: 60_000 });
      const child = spawn(process.execPath, ["--conditions=react-server", "src/commands/ingest.ts", "ieso.demand", "--url", provider.url("/slow")], {
        env: { ...process.env, NODE_ENV: "production", DATABASE_URL: opened.url, OUTBOUND_ALLOWED_HOSTS: provider.host }, stdio: "ignore",
      });
      await expect.poll(() => provider.requests.length, { timeout: 25_000 }).toBe(1);
      child.kill("SIGKILL");
      const source: Source = { ...iesoDemand, documents: () => [{ url: provider.url("/slow") }] };
      expect(await ingest(source, { cause: "schedule" })).toMatchObject({ outcome: "busy" });
      await inspect("update app.ingest_runs set alive_until = now() - interval '1 second'");
      provider.serve("/slow", { kind: "document", text: page });
      expect(await ingest(source, { cause: "schedule" })).toMatchObject({ outcome: "ok", inserted: 2 });
      expect(await inspect("select cause, outcome, error from app.ingest_runs order by started_at")).toEqual([
        { cause: "address", outcome: "failed", error: "The process ended in the middle of this run." }, { cause: "schedule", outcome: "ok", error: null },
      ]);
    } finally {
      resetEnvironment();
      await provider.close();
      await opened.close();
    }
  }, 60_000);
});
