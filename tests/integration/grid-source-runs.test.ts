import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anonymous } from "#platform/auth/principal.ts";
import { listSourceHours, listSourceRuns } from "#domains/grid/server.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

const now = new Date("2026-11-21T12:30:00Z");
const addRun = (source: string, startedAt: string, outcome: string | null, error: string | null = null) =>
  inspect("insert into app.ingest_runs (source, cause, started_at, ended_at, outcome, observations, warnings, error) values ($1, 'schedule', $2, $2, $3, 12, array['one line left out'], $4)", [source, startedAt, outcome, error]);

describe.each(engines)("how reading a source went, on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => void (opened = await openTestDatabase(engine)));
  afterEach(() => opened.close());

  test("each of the last 24 hours has a state, the oldest first", async () => {
    await addRun("ieso.demand", "2026-11-21T12:10:00Z", "ok");
    await addRun("ieso.demand", "2026-11-21T11:20:00Z", "failed", "503");
    await addRun("ieso.demand", "2026-11-21T11:00:00Z", "unchanged");
    await addRun("ieso.demand", "2026-11-21T09:40:00Z", "failed", "503");
    await addRun("ieso.demand", "2026-11-20T12:31:00Z", "ok");
    await addRun("ieso.demand", "2026-11-20T12:29:00Z", "failed", "too long ago");
    await addRun("ieso.hoep", "2026-11-21T12:29:00Z", null);
    const { "ieso.demand": demand, "ieso.hoep": running, ...rest } = await listSourceHours(anonymous, now);
    expect(demand).toHaveLength(24);
    expect([demand?.at(-1), demand?.at(-2), demand?.at(-3), demand?.[0]]).toEqual(["good", "partly", "failed", "good"]);
    expect(demand?.slice(1, 21)).toEqual(Array.from({ length: 20 }, () => "not-read"));
    expect(new Set(running)).toEqual(new Set(["not-read"]));
    expect(rest).toEqual({});
  });

  test("runs come page by page, the newest first, with what they found and why they failed", async () => {
    for (const minute of [10, 11, 12]) await addRun("ieso.demand", `2026-11-21T11:${minute}:00Z`, minute === 12 ? "failed" : "ok", minute === 12 ? "The server answered 503" : null);
    await addRun("ieso.hoep", "2026-11-21T11:30:00Z", "ok");
    const first = await listSourceRuns(anonymous, "ieso.demand", { limit: 2 });
    expect(first.items.map(({ startedAt, outcome, error }) => [startedAt.slice(11, 16), outcome, error])).toEqual([["11:12", "failed", "The server answered 503"], ["11:11", "ok", null]]);
    expect(first.items[0]).toMatchObject({ cause: "schedule", observations: 12, bytes: 0, warnings: ["one line left out"] });
    const second = await listSourceRuns(anonymous, "ieso.demand", { limit: 2, cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ items: [{ startedAt: "2026-11-21T11:10:00.000Z" }], nextCursor: null });
  });

  test("a source that doesn't exist, and a cursor of another list, are refused", async () => {
    await expect(listSourceRuns(anonymous, "ieso.nothing", { limit: 2 })).rejects.toMatchObject({ code: "NOT_FOUND" });
    for (const cursor of ["x", btoa('["x"]'), btoa("[1]")]) {
      await expect(listSourceRuns(anonymous, "ieso.demand", { limit: 2, cursor })).rejects.toMatchObject({ code: "INVALID_REQUEST" });
    }
  });
});
