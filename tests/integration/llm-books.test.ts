import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as cronGet, POST as cronPost } from "#app/api/cron/[job]/route.ts";
import { POST as feedback } from "#app/api/llm/feedback/route.ts";
import { GET as history } from "#app/api/llm/history/route.ts";
import { newId } from "#lib/ids.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { CallHistory, type CallEntry } from "#domains/llm/index.ts";
import { reserve } from "#domains/llm/budgets/reserve.ts";
import { recordCall } from "#domains/llm/ledger/record.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { joinOrganisation } from "../support/factories.ts";
import { call, resetEnvironment, useEnvironment } from "../support/http.ts";
import { signUp } from "../support/sessions.ts";

const secret = "a-secret-for-the-cron-jobs";
const dayMs = 24 * 3_600_000;
const entry = (over: Partial<CallEntry> = {}): CallEntry => ({
  id: newId(), tenantId: null, principalKind: "anonymous", principalId: null, source: "gateway", endpoint: "ask", provider: "openai", model: "gpt-4.1", promptId: "ask", promptVersion: "1",
  outcome: "ok", errorCode: null, usage: { input: 100, cache_read: 20, output: 30, reasoning: 5 }, usageEstimated: false, costUsd: "0.00041", chargedUsd: "0.00041", savedUsd: null, priceVersion: "openai/gpt-4.1@start",
  unpriced: [], reservedUsd: "0.01", cacheHit: false, durationMs: 800, firstTokenMs: 200, redactionSummary: { email: 1 }, policyCategory: null, traceId: null, ...over,
});
const idAt = (daysAgo: number) => v7({ msecs: Date.now() - daysAgo * dayMs });

describe.each(engines)("the books of model calls on the %s engine", (engine) => {
  let opened: TestDatabase;
  let person: Awaited<ReturnType<typeof signUp>>;
  let fellow: Awaited<ReturnType<typeof signUp>>;
  let tenantId: string;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    useEnvironment({ CRON_SECRET: secret });
    [person, fellow] = [await signUp("caller@example.com"), await signUp("fellow@example.com")];
    tenantId = newId();
    await inspect("insert into app.organisations (id, name) values ($1, 'Callers')", [tenantId]);
    await joinOrganisation(tenantId, person.userId);
    await joinOrganisation(tenantId, fellow.userId);
  });
  afterAll(async () => {
    resetEnvironment();
    await opened.close();
  });
  const own = (over: Partial<CallEntry> = {}) => entry({ tenantId, principalKind: "member", principalId: person.userId, ...over });

  test("an id stands once, whatever else a replay says, and only UUIDv7 may name a call", async () => {
    const first = entry();
    await recordCall(first);
    await expect(recordCall({ ...first, costUsd: "9" })).rejects.toThrow(/duplicate key/);
    await expect(recordCall(entry({ id: crypto.randomUUID() }))).rejects.toThrow();
    expect(await inspect("select cost_usd::text as cost, at = app.uuid_v7_time(id) as timed from app.llm_call_log where id = $1", [first.id])).toEqual([{ cost: "0.00041", timed: true }]);
  });

  describe("GET /api/llm/history", () => {
    const read = async (query = "", headers = person.jar.headers) => CallHistory.parse(await (await call(history, `/api/llm/history${query}`, { headers })).json());

    test("lists one's own calls alone, newest first, in pages, by endpoint, and nothing of what they held back", async () => {
      const mine = [own(), own({ endpoint: "market-brief", outcome: "blocked", usage: null, costUsd: "0", chargedUsd: "0" }), own()];
      for (const each of mine) await recordCall(each);
      await recordCall(entry({ tenantId, principalKind: "member", principalId: fellow.userId }));
      await recordCall(entry({ principalKind: "user", principalId: person.userId }));
      const first = await read("?limit=2");
      expect(first.items.map(({ id }) => id)).toEqual([mine[2]?.id, mine[1]?.id]);
      expect(first.items[0]).toMatchObject({ usage: { input: 100, output: 30 }, costUsd: "0.00041", redactionSummary: { email: 1 } });
      expect(first.items[0]).not.toHaveProperty("principalId");
      expect(await read(`?limit=2&cursor=${first.nextCursor}`)).toMatchObject({ items: [{ id: mine[0]?.id }], nextCursor: null });
      expect((await read("?endpoint=market-brief")).items.map(({ id }) => id)).toEqual([mine[1]?.id]);
      expect((await read("", fellow.jar.headers)).items).toHaveLength(1);
    });

    test("is for people who are signed in, and refuses what isn't a page", async () => {
      expect((await call(history, "/api/llm/history")).status).toBe(401);
      for (const query of ["?limit=0", "?endpoint=other", "?cursor=W10", "?all=1"]) expect((await call(history, `/api/llm/history${query}`, { headers: person.jar.headers })).status).toBe(400);
    });
  });

  describe("POST /api/llm/feedback", () => {
    const say = (json: unknown, headers: Record<string, string> = {}) => call(feedback, "/api/llm/feedback", { json, headers }).then(({ status }) => status);
    const said = (id: string) => inspect("select helpful, comment, tenant_id from app.llm_feedback where call_id = $1", [id]);

    test("keeps the last word on one's own call", async () => {
      const mine = own();
      await recordCall(mine);
      expect(await say({ callId: mine.id, helpful: true }, person.jar.headers)).toBe(204);
      expect(await say({ callId: mine.id, helpful: false, comment: " Wrong hour " }, person.jar.headers)).toBe(204);
      expect(await said(mine.id)).toEqual([{ helpful: false, comment: "Wrong hour", tenant_id: tenantId }]);
    });

    test("takes a visitor's word on a visitor's call, and nobody's on another's", async () => {
      const [visitors, mine] = [entry(), own()];
      await recordCall(visitors);
      await recordCall(mine);
      expect(await say({ callId: visitors.id, helpful: true })).toBe(204);
      expect([await say({ callId: mine.id, helpful: true }), await say({ callId: mine.id, helpful: true }, fellow.jar.headers), await say({ callId: visitors.id, helpful: true }, person.jar.headers), await say({ callId: newId(), helpful: true })]).toEqual([404, 404, 404, 404]);
      expect(await said(mine.id)).toEqual([]);
    });

    test.each([{}, { callId: "x", helpful: true }, { callId: newId(), helpful: "yes" }, { callId: newId(), helpful: true, comment: "a".repeat(2_001) }, { callId: newId(), helpful: true, comment: "\u0000" }, { callId: newId(), helpful: true, more: 1 }])("refuses %j", async (json) => {
      expect(await say(json)).toBe(400);
    });
  });

  const run = (job: string, handler = cronGet, authorization = `Bearer ${secret}`) => call(handler, `/api/cron/${job}`, { method: handler === cronPost ? "POST" : "GET", params: { job }, headers: authorization === "" ? {} : { authorization } });

  describe("GET /api/cron/{job}", () => {
    test("runs a scheduled job for who knows the secret, and for nobody else", async () => {
      for (const authorization of ["", "Bearer ", "Bearer wrong", `Bearer ${secret.slice(1)}`, `Bearer ${secret}x`, `Basic ${secret}`, secret]) expect((await run("llm.refresh", cronGet, authorization)).status).toBe(401);
      const response = await run("llm.refresh");
      expect([response.status, await response.json()]).toEqual([200, { job: "llm.refresh", outcome: null }]);
      expect((await run("llm.unheard")).status).toBe(404);
      expect((await run("mail.deliver")).status).toBe(404);
      expect((await run("..%2Fx")).status).toBe(400);
      expect((await call(cronGet, "/api/cron/llm.refresh", { params: { job: "llm.refresh" }, headers: person.jar.headers })).status).toBe(401);
    });

    test("HEAD says whether there is such a job, and runs nothing", async () => {
      const head = (job: string) => call(cronGet, `/api/cron/${job}`, { method: "HEAD", params: { job }, headers: { authorization: `Bearer ${secret}` } });
      const { callId } = await reserve(anonymous, { callId: newId(), endpoint: "ask", provider: "openai", model: "gpt-4.1", mostUsd: "0.5", leaseMs: -1 });
      expect([(await head("llm.expire")).status, (await head("llm.unheard")).status]).toEqual([200, 404]);
      expect(await inspect("delete from app.llm_reservations where call_id = $1 returning call_id", [callId])).toHaveLength(1);
    });

    test("isn't there without the setting", async () => {
      resetEnvironment();
      expect((await run("llm.refresh")).status).toBe(404);
      useEnvironment({ CRON_SECRET: secret });
    });

    test("llm.refresh counts each day's calls exactly as the ledger has them", async () => {
      await recordCall(own({ id: idAt(40), outcome: "failed", usage: null, usageEstimated: true, costUsd: null, chargedUsd: "0.123456789012345678" }));
      await recordCall(own({ id: idAt(40), cacheHit: true, outcome: "cached", usage: null, costUsd: "0", chargedUsd: "0", savedUsd: "0.00041" }));
      await run("llm.refresh");
      const [counted] = await inspect("select sum(calls)::int as calls, sum(charged_usd)::text as charged, sum(saved_usd)::text as saved, sum(prompt_tokens)::int as prompt, sum(completion_tokens)::int as completion from app.mv_llm_daily_spend where day < current_date - 30");
      expect(counted).toEqual({ calls: 2, charged: "0.123456789012345678", saved: "0.00041", prompt: 0, completion: 0 });
      expect(await inspect("select (select sum(charged_usd) from app.mv_llm_daily_spend) = (select sum(charged_usd) from app.llm_call_log) as same, (select sum(prompt_tokens) from app.mv_llm_daily_spend)::int % 120 as rest")).toEqual([{ same: true, rest: 0 }]);
    });
  });

  describe("POST /api/cron/{job}", () => {
    test("llm.purge drops old months, deletes old calls and old feedback, and makes the next month", async () => {
      const [ancient, old, young] = [entry({ id: idAt(400) }), entry({ id: idAt(181) }), entry({ id: idAt(178) })];
      for (const each of [ancient, old, young]) await recordCall(each);
      await inspect("insert into app.llm_feedback (call_id, principal_kind, helpful, created_at) values ($1, 'anonymous', true, now() - interval '366 days'), ($2, 'anonymous', true, now() - interval '364 days')", [ancient.id, old.id]);
      await inspect("insert into app.llm_rate_limit (subject, window_starts_at, used) values ('a', now() - interval '3 days', 1), ('b', now(), 1)");
      const response = await run("llm.purge", cronPost);
      expect(await response.json()).toMatchObject({ job: "llm.purge", outcome: { feedback: 1, windows: 1 } });
      expect(await inspect("select id from app.llm_call_log where id = any ($1)", [[ancient.id, old.id, young.id]])).toEqual([{ id: young.id }]);
      expect(await inspect("select call_id from app.llm_feedback where call_id = any ($1)", [[ancient.id, old.id]])).toEqual([{ call_id: old.id }]);
      expect(await inspect("select to_regclass('app.llm_call_log_' || to_char(now() at time zone 'UTC' - interval '400 days', 'YYYY_MM')) as gone, to_regclass('app.llm_call_log_' || to_char(date_trunc('month', now() at time zone 'UTC') + interval '1 month', 'YYYY_MM')) is not null as made")).toEqual([{ gone: null, made: true }]);
    });

    test("llm.expire settles what a process that ended left reserved", async () => {
      await reserve(anonymous, { callId: newId(), endpoint: "ask", provider: "openai", model: "gpt-4.1", mostUsd: "0.5", leaseMs: -1 });
      expect(await (await run("llm.expire", cronPost)).json()).toEqual({ job: "llm.expire", outcome: { settled: 1 } });
      expect(await inspect("select charged_usd::text as charged, usage_estimated from app.llm_call_log where expired")).toEqual([{ charged: "0.5", usage_estimated: true }]);
    });
  });

  test("what a user called outside of any organisation goes with their account, and an organisation's with it; what they said as a member stays without their name until then", async () => {
    const [mine, ours, theirs] = [entry({ principalKind: "user", principalId: fellow.userId }), own(), own({ principalId: fellow.userId })];
    for (const recorded of [mine, ours, theirs]) await recordCall(recorded);
    for (const [callId, who] of [[ours.id, person.userId], [theirs.id, fellow.userId]]) await inspect("insert into app.llm_feedback (call_id, tenant_id, principal_kind, principal_id, helpful) values ($1, $2, 'member', $3, true)", [callId, tenantId, who]);
    await inspect("insert into app.users (id, email) values ($1, 'fellow@example.com') on conflict do nothing", [fellow.userId]);
    await inspect("delete from app.users where id = $1", [fellow.userId]);
    expect(await inspect("select call_id, principal_id from app.llm_feedback where call_id = any ($1) order by call_id", [[ours.id, theirs.id]])).toEqual([{ call_id: ours.id, principal_id: person.userId }, { call_id: theirs.id, principal_id: null }]);
    await inspect("delete from app.organisations where id = $1", [tenantId]);
    expect(await inspect("select id from app.llm_call_log where id = any ($1)", [[mine.id, ours.id]])).toEqual([]);
  });
});
