import { v7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { anonymous, type Principal } from "#platform/auth/principal.ts";
import type { CallOutcome, ReserveRequest } from "#domains/llm/budgets/budget-schema.ts";
import { reserve, settle } from "#domains/llm/budgets/reserve.ts";
import type { CallEntry } from "#domains/llm/index.ts";
import { reserveRooms, settleRooms, type RoomRequest } from "#domains/llm/budgets/reservation-queries.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

const ended: CallOutcome = { outcome: "failed", durationMs: 1, usage: null, serviceTier: null, reachedModel: true };
/** All calls are of one day, also where midnight comes in between. */
const begun = Date.now();
const asked = (over: Partial<ReserveRequest> = {}): ReserveRequest => ({ callId: v7({ msecs: begun }), provider: "openai", model: "m", endpoint: "ask", mostUsd: "0.1", leaseMs: 60_000, ...over });
const room = (tenantId: string | null, over: Partial<RoomRequest> = {}): RoomRequest => ({
  ...asked(), caller: { tenantId, principalKind: tenantId === null ? "anonymous" : "member", principalId: null }, subject: null, ...over,
});
const rowFor = ({ callId, caller, provider, mostUsd }: RoomRequest, over: Partial<CallEntry> = {}): CallEntry => ({
  id: callId, ...caller, source: "gateway", endpoint: "ask", provider, model: "m", promptId: null, promptVersion: null, outcome: "ok", errorCode: null, usage: null, usageEstimated: true,
  costUsd: null, chargedUsd: mostUsd ?? "0", savedUsd: null, priceVersion: null, unpriced: [], reservedUsd: mostUsd, cacheHit: false, durationMs: 1, firstTokenMs: null, redactionSummary: {},
  policyCategory: null, traceId: null, ...over,
});

/** Numbers that look random and are the same each time. */
function drawn(seed: number): (below: number) => number {
  let state = seed;
  return (below) => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0), Math.floor((state / 2 ** 32) * below));
}

describe.each(engines)("many calls booked at once on the %s engine", (engine) => {
  let opened: TestDatabase;
  const tenants: string[] = [];
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    for (const name of ["One", "Two", "Three"]) tenants.push((await inspect<{ id: string }>("insert into app.organisations (id, name) values ($1, $2) returning id", [newId(), name]))[0]?.id ?? "");
    await inspect("select app.ensure_call_month(now())");
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const table of ["llm_reservations", "llm_call_log", "llm_budgets", "llm_rate_limit"] as const) await inspect(`delete from app.${table}`);
    await inspect("update app.llm_quotas set calls_per_day = 2 where principal_kind = 'anonymous'");
  });
  const budget = (limit: string, { tenant = null, provider = null, period = "day" }: { tenant?: string | null; provider?: string | null; period?: string } = {}) =>
    inspect("select app.llm_add_budget($1, $2, $3, $4::numeric)", [tenant, provider, period, limit]);
  const periods = () => inspect<{ tenant: string | null; provider: string | null; period: string; spent: number; reserved: number }>(
    "select b.tenant_id as tenant, b.provider, b.period, p.spent_usd::float8 as spent, p.reserved_usd::float8 as reserved from app.llm_budget_periods p join app.llm_budgets b on b.id = p.budget_id order by b.tenant_id nulls first, b.provider nulls first, b.period");

  test("each call is decided as if it were alone, and what is refused leaves nothing counted or held", async () => {
    const [one = "", two = ""] = tenants;
    await budget("0.25", { tenant: one });
    await budget("0.5");
    const visitor = { subject: "visitor" };
    const calls = [
      room(one), room(null, visitor), room(one), room(one), room(null, { ...visitor, mostUsd: "9" }), room(null, visitor), room(null, visitor), room(two), room(two),
      room(two, { mostUsd: "0" }),
    ];
    const decisions = await reserveRooms(calls);
    expect(decisions.map((each) => (each === null ? "yes" : each.by === "quota" ? "quota" : each.ofTenant ? "its own" : "everybody's"))).toEqual([
      "yes", "yes", "yes", "its own", "everybody's", "yes", "quota", "yes", "everybody's", "everybody's",
    ]);
    expect((await periods()).map(({ tenant, reserved }) => [tenant, reserved])).toEqual([[null, 0.5], [one, 0.2]]);
    expect(await inspect("select subject, used from app.llm_rate_limit")).toEqual([{ subject: "visitor", used: 2 }]);
    expect((await inspect<{ id: string }>("select call_id as id from app.llm_reservations order by call_id")).map(({ id }) => id)).toEqual([0, 1, 2, 5, 7].map((n) => calls[n]?.callId).sort());
  });

  test("a batch that holds one bad row books the others, and a call's second row in it counts for nothing", async () => {
    await budget("10");
    const [bad, ...good] = await Promise.all(Array.from({ length: 6 }, () => reserve(anonymous, asked())));
    const outcomes = await Promise.allSettled([
      ...good.map((reservation) => settle(reservation, ended)),
      ...(bad ? [settle(bad, { ...ended, provider: "p".repeat(101) })] : []),
      ...good.slice(0, 2).map((reservation) => settle(reservation, { ...ended, outcome: "aborted" })),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([...Array<string>(5).fill("fulfilled"), "rejected", "fulfilled", "fulfilled"]);
    expect(await inspect("select outcome, count(*)::int as n from app.llm_call_log group by 1")).toEqual([{ outcome: "failed", n: 5 }]);
    expect((await periods()).map(({ spent, reserved }) => [spent, reserved])).toEqual([[0.5, 0.1]]);
    const [first, second] = [room(null), room(null)];
    await reserveRooms([first, second]);
    expect(await settleRooms([rowFor(first), rowFor(second), rowFor(first, { outcome: "aborted" })])).toEqual([true, true, false]);
    expect(await settleRooms([rowFor(second)])).toEqual([false]);
    expect((await periods()).map(({ spent, reserved }) => [spent, reserved])).toEqual([[0.7, 0.1]]);
  });

  test("one that can't be held fails by itself, and who gives up before their turn is not counted", async () => {
    await budget("10");
    const twice = asked();
    const leaves = new AbortController();
    const outcomes = Promise.allSettled([
      reserve(anonymous, asked()), reserve(anonymous, twice), reserve(anonymous, twice), reserve(anonymous, asked({ address: "192.0.2.7" }), leaves.signal), reserve(anonymous, asked()),
    ]);
    leaves.abort(new Error("left"));
    expect((await outcomes).map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "rejected"]);
    expect(await inspect("select used from app.llm_rate_limit")).toEqual([]);
    expect((await periods()).map(({ reserved }) => reserved)).toEqual([0.3]);
  });

  test("rows of months that nobody made a partition for are written all the same", async () => {
    await inspect("select app.drop_call_months(now() + interval '3 months')");
    const held = await Promise.all([reserve(anonymous, asked()), reserve(anonymous, asked())]);
    await Promise.all(held.map((reservation) => settle(reservation, ended)));
    expect(await inspect("select count(*)::int as n from app.llm_call_log")).toEqual([{ n: 2 }]);
  });

  test("any order of reserving and settling in batches ends in the books of one call after another", async () => {
    const [one = "", two = ""] = tenants;
    const limits = [
      { tenant: one, provider: "openai", period: "day", limit: 400 }, { tenant: one, provider: null, period: "day", limit: 700 }, { tenant: two, provider: null, period: "month", limit: 900 },
      { tenant: null, provider: "openai", period: "day", limit: 1_500 }, { tenant: null, provider: null, period: "day", limit: 2_000 }, { tenant: null, provider: null, period: "month", limit: 2_200 },
    ];
    for (const { limit, ...of } of limits) await budget((limit / 1_000).toFixed(3), of);
    const draw = drawn(7);
    // The reference: thousandths of a dollar, one call at a time.
    const books = limits.map((each) => ({ ...each, spent: 0, reserved: 0 }));
    const belongs = (tenant: string | null, provider: string) => books.filter((each) => (each.tenant === null || each.tenant === tenant) && (each.provider === null || each.provider === provider));
    const dollars = (thousandths: number) => (thousandths / 1_000).toFixed(3);
    const running: { call: RoomRequest; most: number }[] = [];
    for (let round = 0; round < 25; round += 1) {
      const calls = Array.from({ length: 1 + draw(9) }, () => {
        const most = draw(60);
        return { most, call: room([one, two, tenants[2] ?? null, null][draw(4)] ?? null, { provider: ["openai", "google"][draw(2)] ?? "openai", mostUsd: dollars(most) }) };
      });
      const expected = calls.map(({ call, most }) => {
        const own = belongs(call.caller.tenantId, call.provider);
        const admitted = own.every(({ limit, spent, reserved }) => spent + reserved < limit && spent + reserved + most <= limit);
        if (admitted) for (const each of own) each.reserved += most;
        return admitted;
      });
      const decisions = await reserveRooms(calls.map(({ call }) => call));
      expect(decisions.map((each) => each === null)).toEqual(expected);
      running.push(...calls.filter((_, n) => expected[n]));
      const done = Array.from({ length: Math.min(running.length, draw(8)) }, () => running.splice(draw(running.length), 1)).flat();
      if (done.length === 0) continue;
      const rows = done.map(({ call, most }) => {
        const [charged, provider] = [draw(most + 1), ["openai", "google"][draw(2)] ?? "openai"];
        for (const each of belongs(call.caller.tenantId, call.provider)) each.reserved -= most;
        for (const each of belongs(call.caller.tenantId, provider)) each.spent += charged;
        return rowFor(call, { chargedUsd: dollars(charged), provider });
      });
      expect(await settleRooms(rows)).toEqual(rows.map(() => true));
    }
    const found = await periods();
    for (const { tenant, provider, period, spent, reserved } of books) {
      const has = found.find((each) => each.tenant === tenant && each.provider === provider && each.period === period);
      expect([Math.round((has?.spent ?? 0) * 1_000), Math.round((has?.reserved ?? 0) * 1_000)]).toEqual([spent, reserved]);
    }
  });

  test("batches of several processes at once, over organisations and providers, end without a deadlock and in exact books", async () => {
    for (const tenant of [null, ...tenants]) for (const provider of [null, "openai", "google"]) for (const period of ["day", "month"]) await budget("1000", { tenant, provider, period });
    await inspect("delete from app.llm_budget_periods");
    await Promise.all(Array.from({ length: 8 }, async (_, place) => {
      const draw = drawn(place + 1);
      for (let round = 0; round < 4; round += 1) {
        const calls = Array.from({ length: 6 }, () => room(tenants[draw(3)] ?? null, { provider: ["openai", "google"][draw(2)] ?? "openai", subject: `s${draw(5)}`, mostUsd: "0.01" }));
        expect(await reserveRooms(calls)).toEqual(calls.map(() => null));
        // Answered by the other one, as after a fallback: its budgets are locked as well.
        expect(await settleRooms(calls.reverse().map((call) => rowFor(call, { provider: call.provider === "openai" ? "google" : "openai" })))).toEqual(calls.map(() => true));
      }
    }));
    const [everybody] = await periods();
    expect(everybody).toMatchObject({ tenant: null, provider: null, reserved: 0, spent: 1.92 });
    expect((await periods()).every(({ reserved }) => reserved === 0)).toBe(true);
  }, 60_000);

  test("texts reach the books as they are, whatever they hold", async () => {
    const principal: Principal = { kind: "system", name: `it's; "quoted" \\ $$ -- '; drop table app.llm_budgets; /* é ✓ */` };
    await settle(await reserve(principal, asked()), { ...ended, errorCode: "a\\'b" });
    expect(await inspect("select principal_id as name, error_code as code from app.llm_call_log")).toEqual([{ name: principal.name, code: "a\\'b" }]);
    await expect(reserve({ kind: "system", name: "\u0000" }, asked())).rejects.toThrow();
  });
});
