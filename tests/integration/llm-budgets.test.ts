import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { anonymous, system, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import type { CallOutcome, ReserveRequest } from "#domains/llm/budgets/budget-schema.ts";
import { reserve, settle } from "#domains/llm/budgets/reserve.ts";
import { expireReservations } from "#domains/llm/budgets/reservation-queries.ts";
import { insertPrice } from "#domains/llm/prices/price-queries.ts";
import { forgetPrices } from "#domains/llm/prices/prices.ts";
import type { CataloguedPrice } from "#domains/llm/prices/price-schema.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

const price: CataloguedPrice = {
  provider: "openai", model: "test-model", version: "openai/test-model@start", origin: "checked-in", effectiveFrom: null, effectiveTo: null, tierAbove: null, source: "test", asOf: "2026-11-01", note: "",
  rates: [{ service: "standard", tier: 0, bucket: "input", usdPerMillion: "0.1" }, { service: "standard", tier: 0, bucket: "output", usdPerMillion: "0.7" }],
};
const used: CallOutcome = { outcome: "ok", durationMs: 12.4, usage: { input: 1_000, output: 1_000 }, serviceTier: null, reachedModel: true };
const request = (over: Partial<ReserveRequest> = {}): ReserveRequest => ({ callId: newId(), provider: "openai", model: "test-model", endpoint: "ask", mostUsd: "0.1", leaseMs: 60_000, ...over });

describe.each(engines)("budgets on the %s engine", (engine) => {
  let opened: TestDatabase;
  let tenantId: string;
  let member: Principal;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    forgetPrices();
    await db.as(system("test"), (tx) => insertPrice(tx, price));
    tenantId = (await inspect<{ id: string }>("insert into app.organisations (id, name) values ($1, 'Test') returning id", [newId()]))[0]?.id ?? "";
    member = { kind: "member", userId: newId(), tenantId, role: "member" };
  });
  afterAll(async () => {
    forgetPrices();
    await opened.close();
  });
  beforeEach(async () => {
    for (const table of ["llm_reservations", "llm_call_log", "llm_budgets", "llm_rate_limit"] as const) await inspect(`delete from app.${table}`);
  });
  const budget = (limit: string, of: { tenant?: string; provider?: string; period?: string } = {}) =>
    inspect("select app.llm_add_budget($1, $2, $3, $4::numeric)", [of.tenant ?? null, of.provider ?? null, of.period ?? "day", limit]);
  const periods = () => inspect<{ spent: string; reserved: string }>(
    "select p.spent_usd::text as spent, p.reserved_usd::text as reserved from app.llm_budget_periods p join app.llm_budgets b on b.id = p.budget_id order by b.tenant_id, b.provider, b.period");
  const ledger = () => inspect("select outcome, cost_usd::text as cost, charged_usd::text as charged, usage_estimated as estimated, expired, unpriced from app.llm_call_log order by id");

  test("200 calls at once against room for 10 admit exactly 10, and the books end at the exact cost", async () => {
    await budget("1");
    await budget("50", { period: "month" });
    await budget("20", { tenant: tenantId });
    const tried = await Promise.allSettled(Array.from({ length: 200 }, () => reserve(member, request())));
    const admitted = tried.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    expect(admitted).toHaveLength(10);
    for (const each of tried) if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "BUDGET_EXCEEDED", retryAfterSeconds: 5 });
    expect(await periods()).toEqual(Array(3).fill({ spent: "0", reserved: "1.0" }));
    await Promise.all(admitted.map((reservation) => settle(reservation, used)));
    expect((await periods()).map(({ spent, reserved }) => [Number(spent), Number(reserved)])).toEqual(Array(3).fill([0.008, 0]));
    expect(await inspect("select count(*)::int as n, sum(cost_usd)::text as cost, sum(charged_usd)::text as charged from app.llm_call_log")).toEqual([{ n: 10, cost: "0.0080", charged: "0.0080" }]);
  }, 60_000);

  test("each budget that a call belongs to counts it, and no other", async () => {
    const other = (await inspect<{ id: string }>("insert into app.organisations (id, name) values ($1, 'Other') returning id", [newId()]))[0]?.id ?? "";
    await budget("1");
    await budget("1", { provider: "openai" });
    await budget("1", { provider: "google" });
    await budget("1", { tenant: tenantId });
    await budget("1", { tenant: other });
    await settle(await reserve(member, request()), used);
    const spent = await inspect("select b.tenant_id = $1 as own, b.provider, p.spent_usd::float8 as spent from app.llm_budget_periods p join app.llm_budgets b on b.id = p.budget_id where p.spent_usd > 0 order by 1, 2", [tenantId]);
    expect(spent).toEqual([{ own: true, provider: null, spent: 0.0008 }, { own: null, provider: "openai", spent: 0.0008 }, { own: null, provider: null, spent: 0.0008 }]);
  });

  test("a used-up budget says until when, a full one to come back soon; a refusal holds nothing anywhere", async () => {
    await budget("0.1", { provider: "openai", period: "month" });
    await budget("5", { tenant: tenantId });
    const first = await reserve(member, request());
    await expect(reserve(member, request())).rejects.toMatchObject({ code: "BUDGET_EXCEEDED", retryAfterSeconds: 5 });
    await settle(first, { ...used, usage: null });
    const refused = await reserve(member, request({ mostUsd: "0" })).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "BUDGET_EXCEEDED" });
    expect(refused).toHaveProperty("retryAfterSeconds", expect.any(Number));
    expect((refused as { retryAfterSeconds: number }).retryAfterSeconds).toBeLessThanOrEqual(31 * 86_400);
    await expect(reserve(member, request({ provider: "google" }))).resolves.toMatchObject({ tenantId });
    expect((await periods()).map(({ reserved }) => Number(reserved)).sort()).toEqual([0, 0.1]);
  });

  test("a call without usage is charged the most and flagged; one that reached no model costs nothing; what has no price is never free", async () => {
    await budget("5");
    await settle(await reserve(anonymous, request()), { ...used, outcome: "aborted", usage: null });
    await settle(await reserve(anonymous, request()), { ...used, outcome: "failed", usage: null, reachedModel: false });
    await settle(await reserve(anonymous, request()), { ...used, usage: { input: 5, audio_input: 7 } });
    await settle(await reserve(anonymous, request({ model: "unheard-of", mostUsd: null })), { ...used, model: "unheard-of" });
    expect(await ledger()).toMatchObject([
      { outcome: "aborted", cost: null, charged: "0.1", estimated: true },
      { outcome: "failed", cost: "0", charged: "0", estimated: false },
      { outcome: "ok", cost: null, charged: "0.1", estimated: false, unpriced: ["audio_input"] },
      { outcome: "ok", cost: null, charged: "0", unpriced: ["input", "output"] },
    ]);
    expect((await periods()).map(({ spent, reserved }) => [Number(spent), Number(reserved)])).toEqual([[0.2, 0]]);
  });

  test("the provider that answered in the end is charged, and the one that was asked first gets its room back", async () => {
    await budget("1", { provider: "anthropic" });
    await budget("1", { provider: "openai" });
    await settle(await reserve(member, request({ provider: "anthropic", model: "another" })), { ...used, provider: "openai", model: "test-model-2026-01-02" });
    expect((await periods()).map(({ spent, reserved }) => [Number(spent), Number(reserved)])).toEqual([[0, 0], [0.0008, 0]]);
  });

  test("settling twice, or the same call again, changes nothing", async () => {
    await budget("1");
    const call = request();
    const reservation = await reserve(member, call);
    await expect(reserve(member, call)).rejects.toThrow(/llm_reservations_pkey/);
    await Promise.all([settle(reservation, used), settle(reservation, used), settle(reservation, used)]);
    expect(await ledger()).toHaveLength(1);
    expect((await periods()).map(({ spent, reserved }) => [Number(spent), Number(reserved)])).toEqual([[0.0008, 0]]);
  });

  test("a lease that runs out is charged the most and flagged, and a settlement that comes late corrects it", async () => {
    await budget("1");
    const [late] = await Promise.all([reserve(member, request({ leaseMs: -1 })), reserve(member, request({ leaseMs: -1 })), reserve(member, request())]);
    const expired = () => db.as(system("test"), (tx) => expireReservations(tx, 100));
    await inspect("select app.ensure_call_month(now())");
    expect((await Promise.all([expired(), expired()])).reduce((sum, n) => sum + n)).toBe(2);
    expect(await ledger()).toEqual(Array(2).fill({ outcome: "aborted", cost: null, charged: "0.1", estimated: true, expired: true, unpriced: [] }));
    expect((await periods()).map(({ spent, reserved }) => [Number(spent), Number(reserved)])).toEqual([[0.2, 0.1]]);
    await settle(late, used);
    expect((await periods()).map(({ spent, reserved }) => [Number(spent), Number(reserved)])).toEqual([[0.1008, 0.1]]);
    expect((await ledger()).map(({ expired: flag }) => flag).sort()).toEqual([false, true]);
  });

  test("a budget that is made later begins with what the ledger has", async () => {
    await settle(await reserve(member, request()), used);
    await budget("1");
    await budget("1", { provider: "google" });
    expect((await periods()).map(({ spent }) => Number(spent)).sort()).toEqual([0, 0.0008]);
  });

  test("a caller's quota of the day holds for all of its calls at once", async () => {
    await inspect("update app.llm_quotas set calls_per_day = 3 where principal_kind = 'anonymous'");
    const tried = await Promise.allSettled(Array.from({ length: 12 }, () => reserve(anonymous, request({ address: "192.0.2.1" }))));
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(tried.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "RATE_LIMITED" } });
    await expect(reserve(anonymous, request({ address: "192.0.2.2" }))).resolves.toMatchObject({ principalKind: "anonymous" });
    for (const host of ["1", "2", "ffff:3"]) await reserve(anonymous, request({ address: `2001:db8:0:1::${host}` }));
    await expect(reserve(anonymous, request({ address: "2001:db8:0:1:a::9" }))).rejects.toMatchObject({ code: "RATE_LIMITED" });
    await expect(reserve(anonymous, request({ address: "2001:db8:0:2::1" }))).resolves.toMatchObject({ principalKind: "anonymous" });
    await inspect("update app.llm_quotas set calls_per_day = 300 where principal_kind = 'anonymous'");
  });

  test("budgets that are off refuse nobody and go on counting", async () => {
    await budget("0.01");
    await expect(reserve(member, request())).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
    await inspect("update app.llm_budgets set enabled = false");
    await settle(await reserve(member, request()), used);
    expect((await periods()).map(({ spent }) => Number(spent))).toEqual([0.0008]);
  });
});
