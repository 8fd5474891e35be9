import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DELETE as remove, PATCH as change } from "#app/api/admin/llm/budgets/[id]/route.ts";
import { GET as list, POST as create } from "#app/api/admin/llm/budgets/route.ts";
import { GET as detail } from "#app/api/admin/llm/calls/[id]/route.ts";
import { GET as exportCalls } from "#app/api/admin/llm/calls/export/route.ts";
import { GET as calls } from "#app/api/admin/llm/calls/route.ts";
import { PATCH as setQuota } from "#app/api/admin/llm/quotas/[kind]/route.ts";
import { GET as exportSpend } from "#app/api/admin/llm/spend/export/route.ts";
import { GET as spend } from "#app/api/admin/llm/spend/route.ts";
import { newId } from "#lib/ids.ts";
import { AdminCallList, Budget, BudgetList, CallDetail, LlmQuota, Spend, type CallEntry } from "#domains/llm/index.ts";
import { recordCall } from "#domains/llm/ledger/record.ts";
import { createAdmin, type SignedInAdmin } from "../support/admins.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { call } from "../support/http.ts";

const dayMs = 24 * 3_600_000;
/** Noon of a day so many days ago, so that no test runs on another day than its rows. */
const noon = (daysAgo: number) => Math.floor(Date.now() / dayMs - daysAgo) * dayMs + dayMs / 2;
const dayOf = (daysAgo: number) => new Date(noon(daysAgo)).toISOString().slice(0, 10);
const entry = (over: Partial<CallEntry> & { daysAgo?: number }): CallEntry => {
  const { daysAgo = 10, ...rest } = over;
  return {
    id: v7({ msecs: noon(daysAgo) }), tenantId: null, principalKind: "anonymous", principalId: null, source: "gateway", endpoint: "ask", provider: "openai", model: "gpt-4.1", promptId: "ask", promptVersion: "1",
    outcome: "ok", errorCode: null, usage: { input: 100, output: 30 }, usageEstimated: false, costUsd: "0.1", chargedUsd: "0.1", savedUsd: null, priceVersion: "p", unpriced: [], reservedUsd: "1", cacheHit: false,
    durationMs: 800, firstTokenMs: 200, redactionSummary: {}, policyCategory: null, traceId: null, ...rest,
  };
};

describe.each(engines)("the console of model calls on the %s engine", (engine) => {
  let opened: TestDatabase;
  let admin: SignedInAdmin;
  let viewer: SignedInAdmin;
  const tenantId = newId();
  let rows: CallEntry[];
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    [admin, viewer] = [await createAdmin("admin"), await createAdmin("viewer")];
    await inspect("insert into app.organisations (id, name) values ($1, 'Wires Inc')", [tenantId]);
    rows = [
      entry({ daysAgo: 12, outcome: "failed", errorCode: "UPSTREAM_UNAVAILABLE", usage: null, usageEstimated: true, costUsd: null, chargedUsd: "0.123456789012" }),
      entry({ daysAgo: 10, tenantId, principalKind: "member", principalId: newId(), endpoint: "market-brief" }),
      entry({ daysAgo: 10, provider: "google", model: "gemini-4", usage: { input: 5 }, costUsd: null, unpriced: ["input"], chargedUsd: "1" }),
      entry({ daysAgo: 0, outcome: "blocked", provider: null, model: null, usage: null, costUsd: "0", chargedUsd: "0", policyCategory: "attack" }),
    ];
    for (const row of rows) await recordCall(row);
    await inspect("select app.refresh_llm_daily_spend()");
  });
  afterAll(() => opened.close());
  const ids = (...indexes: number[]) => indexes.map((index) => rows[index]?.id);

  describe("GET /api/admin/llm/calls", () => {
    const page = async (query = "") => AdminCallList.parse(await (await call(calls, `/api/admin/llm/calls${query}`, { headers: viewer.headers })).json());

    test("lists calls of everybody in pages, newest first", async () => {
      const first = await page("?limit=3");
      expect(first.items[0]).toMatchObject({ outcome: "blocked", policyCategory: "attack", organisation: null });
      const second = await page(`?limit=3&cursor=${first.nextCursor}`);
      expect([...first.items, ...second.items].map(({ id }) => id).sort()).toEqual(ids(0, 1, 2, 3).sort());
      expect(second.nextCursor).toBeNull();
    });

    test.each<[string, number[]]>([["outcome=failed", [0]], ["endpoint=market-brief", [1]], ["provider=google", [2]], ["model=gpt-4.1", [0, 1]], [`organisation=${tenantId}`, [1]], ["source=sdk", []], ["flag=estimated", [0]], ["flag=unpriced", [2]],
      [`from=${dayOf(10)}`, [1, 2, 3]], [`to=${dayOf(10)}`, [0, 1, 2]], [`from=${dayOf(10)}&to=${dayOf(10)}&provider=openai`, [1]]])("filters by %s", async (query, found) => {
      expect((await page(`?${query}`)).items.map(({ id }) => id).sort()).toEqual(ids(...found).sort());
    });

    test("is for administrators, and refuses other filters", async () => {
      expect((await call(calls, "/api/admin/llm/calls")).status).toBe(403);
      for (const query of ["outcome=good", "from=yesterday", "from=0000-01-01", "to=0000-01-01", "organisation=x", "cursor=W10", "question=x"]) expect((await call(calls, `/api/admin/llm/calls?${query}`, { headers: viewer.headers })).status).toBe(400);
    });
  });

  describe("GET /api/admin/llm/calls/{id}", () => {
    const get = (id: string, headers = viewer.headers) => call(detail, `/api/admin/llm/calls/${id}`, { params: { id }, headers });
    test("answers one call with what was said of it", async () => {
      const id = rows[1]?.id ?? "";
      await inspect("insert into app.llm_feedback (call_id, tenant_id, principal_kind, helpful, comment) values ($1, $2, 'member', false, 'Late')", [id, tenantId]);
      expect(CallDetail.parse(await (await get(id)).json())).toMatchObject({ id, organisation: "Wires Inc", costUsd: "0.1", usage: { input: 100 }, feedback: { helpful: false, comment: "Late" } });
    });
    test("answers 404 for none and 403 to nobody", async () => expect([(await get(newId())).status, (await get(rows[1]?.id ?? "", {})).status]).toEqual([404, 403]));
  });

  const linesOf = async (response: Response) => (await response.text()).trimEnd().split("\r\n");

  describe("GET /api/admin/llm/calls/export", () => {
    const read = (query: string, headers = viewer.headers) => call(exportCalls, `/api/admin/llm/calls/export${query}`, { headers });

    test("is a file of the calls that fit the filters, with exact costs and no name of who asked", async () => {
      const response = await read("?endpoint=market-brief");
      expect(response.headers.get("content-disposition")).toContain("tieline-model-calls.csv");
      const [names, ...lines] = await linesOf(response);
      expect(names).toMatch(/^id,time,caller,organisation,.*,cost usd,charged usd,/);
      expect(lines).toEqual([expect.stringMatching(`^${rows[1]?.id},[^,]*,member,Wires Inc,${tenantId},market-brief,openai,gpt-4.1,ask,1,ok,,,800,200,100,30,0.1,0.1,,false,,$`)]);
    });

    test("has every call once, also beyond a thousand", async () => {
      await inspect(`insert into app.llm_call_log (id, principal_kind, source, endpoint, outcome, duration_ms)
        select app.uuid_v7(), 'anonymous', 'gateway', 'data-quality', 'ok', 1 from generate_series(1, 1001)`);
      const [, ...lines] = await linesOf(await read("?endpoint=data-quality"));
      expect(new Set(lines.map((line) => line.slice(0, 36))).size).toBe(1_001);
      expect(lines.length).toBe(1_001);
      await inspect("delete from app.llm_call_log where endpoint = 'data-quality'");
    });

    test("is for administrators, and refuses other filters", async () => {
      expect((await read("", {})).status).toBe(403);
      for (const query of ["?outcome=good", "?limit=3", "?from=2026-11-02&to=2026-11-01"]) expect((await read(query)).status).toBe(400);
    });
  });

  describe("GET /api/admin/llm/spend/export", () => {
    const read = (query: string, headers = viewer.headers) => call(exportSpend, `/api/admin/llm/spend/export${query}`, { headers });

    test("is a file of days with calls and their exact cost", async () => {
      const [names, ...lines] = await linesOf(await read(`?from=${dayOf(12)}&to=${dayOf(10)}`));
      expect(names).toMatch(/^day,calls,failed,refused,from the cache,tokens in,tokens out,charged usd,/);
      expect(lines).toEqual([`${dayOf(12)},1,1,0,0,0,0,0.123456789012,0,1,0`, `${dayOf(10)},2,0,0,0,105,30,1.1,0,0,1`]);
    });

    test("is for administrators, and refuses a span that makes no sense", async () => {
      expect((await read("", {})).status).toBe(403);
      expect((await read("?from=2026-02-01&to=2026-01-01")).status).toBe(400);
    });
  });

  describe("GET /api/admin/llm/spend", () => {
    const read = async (query: string) => Spend.parse(await (await call(spend, `/api/admin/llm/spend${query}`, { headers: viewer.headers })).json());

    test("adds up exactly what was charged, by day, endpoint, model and organisation", async () => {
      const found = await read(`?from=${dayOf(12)}&to=${dayOf(0)}`);
      expect(found.total).toMatchObject({ calls: 4, failures: 1, refusals: 1, estimated: 1, unpriced: 1, chargedUsd: "1.223456789012", promptTokens: 105, completionTokens: 30 });
      expect(found.days.map(({ day, chargedUsd }) => [day, chargedUsd])).toEqual([[dayOf(12), "0.123456789012"], [dayOf(10), "1.1"], [dayOf(0), "0"]]);
      expect(found.endpoints.map(({ endpoint, calls: n }) => [endpoint, n])).toEqual([["ask", 3], ["market-brief", 1]]);
      expect(found.models[0]).toMatchObject({ provider: "google", model: "gemini-4", chargedUsd: "1", unpriced: 1 });
      expect(found.organisations).toMatchObject([{ id: null, calls: 3 }, { id: tenantId, name: "Wires Inc", chargedUsd: "0.1" }]);
    });

    test("has today's calls before they are counted, and each once", async () => {
      await recordCall(entry({ daysAgo: 0, chargedUsd: "0.5", costUsd: "0.5" }));
      expect((await read("")).days.at(-1)).toMatchObject({ day: dayOf(0), calls: 2, chargedUsd: "0.5" });
      await inspect("select app.refresh_llm_daily_spend()");
      expect((await read("")).days.at(-1)).toMatchObject({ day: dayOf(0), calls: 2, chargedUsd: "0.5" });
    });

    test("a span before calls were counted is empty", async () => {
      expect(await read("?from=1950-01-01&to=1950-01-31")).toMatchObject({ days: [], total: { calls: 0 } });
      expect(await read("?to=1900-01-01")).toMatchObject({ days: [], total: { calls: 0 } });
    });

    test("a span without calls is empty, and one that makes no sense is refused", async () => {
      expect(await read("?from=2025-01-01&to=2025-01-31")).toMatchObject({ days: [], models: [], total: { calls: 0, chargedUsd: "0" } });
      for (const query of ["from=2026-02-01&to=2026-01-01", "from=2020-01-01&to=2026-01-01", "from=x", "from=0000-01-01&to=0000-01-02"]) expect((await call(spend, `/api/admin/llm/spend?${query}`, { headers: viewer.headers })).status).toBe(400);
    });
  });

  const lists = async () => BudgetList.parse(await (await call(list, "/api/admin/llm/budgets", { headers: viewer.headers })).json());
  const make = (json: unknown, headers = admin.headers) => call(create, "/api/admin/llm/budgets", { json, headers });
  const patch = (id: string, json: unknown, headers = admin.headers) => call(change, `/api/admin/llm/budgets/${id}`, { method: "PATCH", params: { id }, json, headers });
  const wanted = { organisationId: tenantId, provider: null, period: "month", limitUsd: "12.50" };

  describe("GET /api/admin/llm/budgets", () => {
    test("lists what every installation begins with, and quotas", async () => {
      const { budgets, quotas } = await lists();
      expect(budgets).toMatchObject([{ organisation: null, provider: null, period: "day", limitUsd: "20", spentUsd: "0" }, { period: "month", limitUsd: "200" }]);
      expect(quotas.map(({ kind }) => kind)).toEqual(["anonymous", "user", "member", "key"]);
      expect((await call(list, "/api/admin/llm/budgets")).status).toBe(403);
    });
  });

  describe("POST /api/admin/llm/budgets", () => {
    test("makes one, once, and writes down who did", async () => {
      const response = await make(wanted);
      expect(response.status).toBe(201);
      const budget = Budget.parse(await response.json());
      expect(budget).toMatchObject({ organisation: { name: "Wires Inc" }, limitUsd: "12.50", enabled: true, version: 1 });
      expect((await make(wanted)).status).toBe(409);
      expect(await inspect("select actor_id, after ->> 'limitUsd' as most from app.audit_log where action = 'budget.created' and target = $1", [budget.id])).toEqual([{ actor_id: admin.admin.adminId, most: "12.50" }]);
    });
    test("refuses viewers, organisations that aren't there, and what is no budget", async () => {
      expect((await make(wanted, viewer.headers)).status).toBe(403);
      expect((await make({ ...wanted, organisationId: newId() })).status).toBe(404);
      for (const over of [{ limitUsd: "-1" }, { limitUsd: "1e3" }, { limitUsd: 5 }, { limitUsd: "0.1234567" }, { period: "year" }, { provider: "acme" }, { more: 1 }]) expect((await make({ ...wanted, ...over })).status).toBe(400);
    });
  });

  describe("PATCH /api/admin/llm/budgets/{id}", () => {
    test("changes the version that the editor knows, and no newer one", async () => {
      const { id = "" } = (await lists()).budgets.find(({ organisation }) => organisation !== null) ?? {};
      expect(Budget.parse(await (await patch(id, { version: 1, limitUsd: "20", enabled: false })).json())).toMatchObject({ limitUsd: "20", enabled: false, version: 2 });
      expect((await patch(id, { version: 1, limitUsd: "30", enabled: true })).status).toBe(409);
      const raced = await Promise.all([patch(id, { version: 2, limitUsd: "40", enabled: true }), patch(id, { version: 2, limitUsd: "50", enabled: true })]);
      expect(raced.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await inspect("select before ->> 'limitUsd' as before, after ->> 'limitUsd' as after from app.audit_log where action = 'budget.changed' and target = $1 order by id limit 1", [id])).toEqual([{ before: "12.50", after: "20" }]);
      expect([(await patch(newId(), { version: 1, limitUsd: "1", enabled: true })).status, (await patch(id, { version: 3, limitUsd: "1", enabled: true }, viewer.headers)).status, (await patch(id, { version: 0, limitUsd: "1", enabled: true })).status]).toEqual([404, 403, 400]);
      expect([(await patch(id, { version: 2_147_483_647, limitUsd: "1", enabled: true })).status, (await patch(id, { version: 2_147_483_646, limitUsd: "1", enabled: true })).status]).toEqual([400, 409]);
    });
  });

  describe("DELETE /api/admin/llm/budgets/{id}", () => {
    test("deletes the version that the editor knows", async () => {
      const { id = "", version = 0 } = (await lists()).budgets.find(({ organisation }) => organisation !== null) ?? {};
      const erase = (known: number | string, headers = admin.headers) => call(remove, `/api/admin/llm/budgets/${id}?version=${known}`, { method: "DELETE", params: { id }, headers }).then(({ status }) => status);
      expect([await erase(version, viewer.headers), await erase("x"), await erase(version - 1), await erase(version), await erase(version)]).toEqual([403, 400, 409, 204, 404]);
      expect(await inspect("select count(*)::int as n from app.audit_log where action = 'budget.deleted' and target = $1", [id])).toEqual([{ n: 1 }]);
    });
  });

  describe("PATCH /api/admin/llm/quotas/{kind}", () => {
    test("sets a kind's calls of a day, of the version that the editor knows", async () => {
      const set = (kind: string, json: unknown, headers = admin.headers) => call(setQuota, `/api/admin/llm/quotas/${kind}`, { method: "PATCH", params: { kind }, json, headers });
      expect(LlmQuota.parse(await (await set("key", { version: 1, callsPerDay: 7 })).json())).toMatchObject({ callsPerDay: 7, version: 2 });
      expect([(await set("key", { version: 1, callsPerDay: 8 })).status, (await set("key", { version: 2, callsPerDay: 8 }, viewer.headers)).status, (await set("admin", { version: 1, callsPerDay: 8 })).status, (await set("key", { version: 2, callsPerDay: -1 })).status]).toEqual([409, 403, 400, 400]);
      expect([(await set("anonymous", { version: 2_147_483_647, callsPerDay: 8 })).status, (await set("anonymous", { version: 2_147_483_646, callsPerDay: 8 })).status]).toEqual([400, 409]);
      expect(await inspect("select before, after from app.audit_log where action = 'quota.changed'")).toEqual([{ before: { callsPerDay: 20_000 }, after: { callsPerDay: 7 } }]);
    });
  });
});
