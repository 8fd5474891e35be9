import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GridSources, type GridSource } from "#domains/grid/index.ts";
import { ingest } from "#domains/grid/ingest/ingest.ts";
import { iesoDemand } from "#domains/grid/sources/ieso-demand.ts";
import { sources } from "#domains/grid/sources/registry.ts";
import { GET } from "../../src/app/api/grid/sources/route.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { startFakeProvider, type FakeProvider } from "../support/fake-provider.ts";
import { call, resetEnvironment, useEnvironment } from "../support/http.ts";

const address = "/2026.csv?api_key=SECRET";
const document = "\\\\Hourly Demand Report,,,\n\\\\Created at 2026-01-02 07:30:00,,,\n\\\\For 2026,,,\nDate,Hour,Market Demand,Ontario Demand\n2026-01-01,1,17000,15000\n";

describe.each(engines)("GET /api/grid/sources on the %s engine", (engine) => {
  let opened: TestDatabase;
  let provider: FakeProvider;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
    provider = await startFakeProvider();
    useEnvironment({ OUTBOUND_ALLOWED_HOSTS: provider.host });
  });
  afterEach(async () => {
    resetEnvironment();
    await provider.close();
    await opened.close();
  });

  const ask = async () => GridSources.parse(await (await call(GET, "/api/grid/sources")).json()).sources;
  const read = () => ingest({ ...iesoDemand, documents: () => [{ url: provider.url(address) }] }, { cause: "schedule" });
  const demand = (list: GridSource[]) => list.find(({ id }) => id === "ieso.demand");

  test("every source is there, off until it was read, with its rules and licence", async () => {
    const list = await ask();
    expect(list.map(({ id }) => id)).toEqual(sources.map(({ id }) => id));
    expect(demand(list)).toMatchObject({
      state: "off", enabled: false, checkedAt: null, lastRunAt: null, failures: 0, lastError: null, hours: [], dataUntil: null, zone: "Etc/GMT+5", endedAt: null,
      licence: iesoDemand.licence, rules: iesoDemand.rules, cadenceMinutes: 1_440,
    });
    expect(list.find(({ id }) => id === "ieso.hoep")).toMatchObject({ state: "ended", endedAt: expect.stringMatching(/^2025-05-01/) });
  });

  test("a good run turns it on; a failed one says why, without the address's key, and shows in its hour", async () => {
    provider.serve(address, { kind: "document", text: document });
    await read();
    const good = demand(await ask());
    expect(good).toMatchObject({ state: "late", enabled: true, failures: 0, lastError: null, dataUntil: "2026-01-01T06:00:00.000Z" });
    expect(good?.hours).toHaveLength(24);
    expect(good?.hours.at(-1)).toBe("good");
    expect(new Set(good?.hours.slice(0, -1))).toEqual(new Set(["not-read"]));
    provider.serve(address, { kind: "status", status: 403 });
    await read();
    const failed = demand(await ask());
    expect(failed).toMatchObject({ failures: 1, enabled: true });
    expect(failed?.hours.at(-1)).toBe("partly");
    expect(failed?.lastError).toMatch(/^127\.0\.0\.1:\d+\/2026\.csv: .*403/);
    expect(JSON.stringify(await ask())).not.toContain("SECRET");
  });

  test("a source that fails again and again isn't answering; its older hours are those of the day", async () => {
    provider.serve(address, { kind: "status", status: 403 });
    for (let i = 0; i < 3; i += 1) await read();
    await inspect("update app.ingest_runs set started_at = now() - interval '5 hours 30 minutes'");
    const source = demand(await ask());
    expect(source).toMatchObject({ state: "not-answering", failures: 3, enabled: false });
    expect(source?.hours.map((state, i) => (state === "failed" ? i : -1)).filter((i) => i >= 0)).toEqual([18]);
  });

  test("what hasn't changed isn't sent again", async () => {
    const tag = (await call(GET, "/api/grid/sources")).headers.get("etag") ?? "";
    const again = await call(GET, "/api/grid/sources", { headers: { "if-none-match": tag } });
    // The minute may have passed in between.
    if (again.status !== 304) expect(again.headers.get("etag")).not.toBe(tag);
    provider.serve(address, { kind: "document", text: document });
    await read();
    expect((await call(GET, "/api/grid/sources", { headers: { "if-none-match": tag } })).status).toBe(200);
  });
});
