import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { newId } from "#lib/ids.ts";
import { anonymous, system, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { bucketOf, forgetFlags } from "#platform/flags/flags.ts";
import { upsertFlag } from "#platform/flags/queries.ts";
import { definePrompt, type LlmCall } from "#domains/llm/index.ts";
import { callForObject } from "#domains/llm/server.ts";
import { CallRecord } from "#domains/llm/gateway/call-record.ts";
import { holdRoom } from "#domains/llm/gateway/hold-room.ts";
import { requireModel, writerFor, type Providers } from "#domains/llm/gateway/require-model.ts";
import { insertPrice } from "#domains/llm/prices/price-queries.ts";
import { forgetPrices } from "#domains/llm/prices/prices.ts";
import { inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { withEnvironment } from "../support/environment.ts";
import { startFakeOpenAi, type FakeOpenAi } from "../support/fake-openai.ts";

const worker = system("test");
const prompt = definePrompt({ id: "test", purpose: "Tests.", versions: [{ version: 1, since: "2026-11-21", change: "The first one.", instructions: "Repeat." }] });
const callOf = (over: Partial<LlmCall> = {}): LlmCall => ({
  endpoint: "ask", prompt, input: { question: "What?" }, maxOutputTokens: 100, principal: anonymous, address: "203.0.113.9", signal: new AbortController().signal, cacheable: false, ...over,
});
/** A dollar for a million tokens. */
async function price(provider: "openai" | "anthropic", model: string): Promise<void> {
  const rate = { service: "standard", tier: 0, usdPerMillion: "1" } as const;
  await db.as(worker, (tx) => insertPrice(tx, {
    provider, model, version: `${model}@1`, origin: "checked-in", effectiveFrom: null, effectiveTo: null, tierAbove: null, source: "test", asOf: "2026-11-01", note: "",
    rates: [{ ...rate, bucket: "input" }, { ...rate, bucket: "output" }],
  }));
}

describe("Steps of the gateway", () => {
  let opened: TestDatabase;
  let restore = () => undefined as void;
  beforeAll(async () => {
    opened = await openTestDatabase("embedded");
    await price("openai", "first");
    await price("anthropic", "second");
    forgetPrices();
    restore = withEnvironment({ LLM_MODEL: "openai/first", LLM_FALLBACK_MODEL: "anthropic/second", OPENAI_API_KEY: "k", ANTHROPIC_API_KEY: "k" });
  });
  beforeEach(async () => {
    for (const table of ["llm_reservations", "llm_call_log", "llm_budgets", "llm_rate_limit"] as const) await inspect(`delete from app.${table}`);
  });
  afterAll(async () => {
    restore();
    forgetPrices();
    await opened.close();
  });

  describe("requireModel", () => {
    const share = async (rolloutPercent: number) => {
      await db.as(worker, (tx) => upsertFlag(tx, "model-calls", { enabled: true, rolloutPercent }));
      forgetFlags();
    };
    afterEach(() => share(100));

    test("gives the models in the order they are asked", async () => {
      expect((await requireModel("ask", anonymous, "203.0.113.9")).map(({ name, model }) => `${name}/${model}`)).toEqual(["openai/first", "anthropic/second"]);
      expect(await writerFor("ask", anonymous, "203.0.113.9")).toBe("first");
    });

    test("on for a share, it is on for whole organisations, and for visitors by their network", async () => {
      const [tenantId, userId] = [newId(), newId()];
      const colleagues: Principal[] = [userId, newId()].map((id) => ({ kind: "member", tenantId, userId: id, role: "member" }));
      const subjects: [string, [Principal, string][]][] = [
        [tenantId, colleagues.map((principal) => [principal, "203.0.113.9"])],
        [userId, [[{ kind: "user", userId }, "203.0.113.9"], [{ kind: "user", userId }, "198.51.100.7"]]],
        ["2001:db8:1:2::/64", [[anonymous, "2001:db8:1:2::1"], [anonymous, "2001:db8:1:2:ffff::2"]]],
      ];
      for (const [subject, callers] of subjects) {
        const bucket = bucketOf("model-calls", subject);
        for (const [percent, on] of [[bucket, false], [bucket + 1, true]] as const) {
          await share(percent);
          for (const [principal, address] of callers) expect([subject, percent, await writerFor("ask", principal, address)]).toEqual([subject, percent, on ? "first" : null]);
        }
      }
    });
  });

  describe("holdRoom", () => {
    const once = { schemaBytes: 0, repairs: false, further: false };
    const budget = (provider: string, limit: string) => inspect("select app.llm_add_budget(null, $1, 'day', $2::numeric)", [provider, limit]);
    const hold = async (extent = once, over: Partial<LlmCall> = {}) => holdRoom(newId(), callOf(over), await requireModel("ask", anonymous, "203.0.113.9"), extent);
    const asked = (providers: Providers) => providers.map(({ model }) => model);
    const used = () => inspect<{ used: number }>("select used from app.llm_rate_limit").then(([row]) => row?.used ?? 0);

    test("holds it at the first model and keeps the other for later", async () => {
      const { reservation, providers } = await hold();
      expect([reservation.provider, asked(providers)]).toEqual(["openai", ["first", "second"]]);
    });

    test("falls over to a model whose provider has room, which then is the only one, and counts the call once", async () => {
      await budget("openai", "0");
      const { reservation, providers } = await hold();
      expect([reservation.provider, asked(providers), await used()]).toEqual(["anthropic", ["second"], 1]);
    });

    test("without room at any, nothing is held or counted", async () => {
      await budget("openai", "0");
      await budget("anthropic", "0");
      await expect(hold()).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
      expect([await inspect("select from app.llm_reservations"), await used()]).toEqual([[], 0]);
    });

    test("over the day's quota no other model is tried; a further request isn't counted", async () => {
      await inspect("update app.llm_quotas set calls_per_day = 1 where principal_kind = 'anonymous'");
      await hold();
      await expect(hold()).rejects.toMatchObject({ code: "RATE_LIMITED" });
      await hold({ ...once, further: true });
      expect(await used()).toBe(1);
      await inspect("update app.llm_quotas set calls_per_day = 300 where principal_kind = 'anonymous'");
    });

    test("holds more for a schema, and for an answer that is asked for again", async () => {
      const held = async (extent: typeof once) => Number((await hold(extent)).reservation.reservedUsd);
      const [plain, form, again] = [await held(once), await held({ ...once, schemaBytes: 1_000 }), await held({ ...once, schemaBytes: 1_000, repairs: true })];
      // No token is shorter than a byte: the schema once, then its second mention and the answer.
      expect(form - plain).toBeCloseTo(0.001, 9);
      expect(again - form).toBeCloseTo(0.017, 9);
    });

    test("a caller who has left holds nothing, and is told their own reason", async () => {
      const reason = new Error("left");
      await expect(hold(once, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      expect(await inspect("select from app.llm_reservations")).toEqual([]);
    });
  });

  describe("CallRecord", () => {
    const begin = async () => {
      const record = new CallRecord(callOf());
      const next = async (facts: Pick<CallRecord, "usage" | "reachedModel">) => {
        const { reservation } = await holdRoom(record.id, callOf(), await requireModel("ask", anonymous, "203.0.113.9"), { schemaBytes: 0, repairs: false, further: true });
        Object.assign(record, { reservation, ...facts });
      };
      return { record, next };
    };
    const used = { usage: { input: 1_000_000, output: 250_000 }, reachedModel: true };

    test("each request is a row of its own, and what they cost adds up", async () => {
      const { record, next } = await begin();
      await next(used);
      const first = record.id;
      await record.requestFailed("UNUSABLE_ANSWER");
      expect(record).toMatchObject({ reservation: null, usage: null, reachedModel: false });
      await next(used);
      record.answered("stop", false);
      await record.close();
      expect(record.costUsd).toBe("2.5");
      expect(await inspect("select id, outcome, error_code, cost_usd::text as cost from app.llm_call_log order by id")).toEqual([
        { id: first, outcome: "failed", error_code: "UNUSABLE_ANSWER", cost: "1.25" }, { id: record.id, outcome: "ok", error_code: null, cost: "1.25" },
      ]);
    });

    test("a row tells the time of its own request", async () => {
      const { record, next } = await begin();
      await next(used);
      record.sawText();
      await sleep(20);
      await record.requestFailed("UNUSABLE_ANSWER");
      const [began, id] = [performance.now(), record.id];
      await next(used);
      record.answered("stop", false);
      await record.close();
      const [row] = await inspect<{ duration: number; first: number | null }>("select duration_ms as duration, first_token_ms as first from app.llm_call_log where id = $1", [id]);
      expect(row).toEqual({ duration: expect.any(Number) as number, first: null });
      expect(row?.duration).toBeLessThanOrEqual(Math.ceil(performance.now() - began));
    });

    test("its cost isn't known when that of one request isn't", async () => {
      const { record, next } = await begin();
      await next({ usage: null, reachedModel: true });
      await record.requestFailed("UPSTREAM_UNAVAILABLE");
      await next(used);
      record.answered("stop", false);
      await record.close();
      expect(record.costUsd).toBeNull();
    });

    test("what held no room is in the books, too", async () => {
      const record = new CallRecord(callOf());
      record.answered("stop", true);
      Object.assign(record, { provider: "openai", model: "first", savedUsd: "0.1" });
      await record.close();
      expect(await inspect("select outcome, model, cost_usd::text as cost, saved_usd::text as saved from app.llm_call_log where id = $1", [record.id])).toEqual([{ outcome: "cached", model: "first", cost: "0", saved: "0.1" }]);
    });
  });

  describe("callForObject", () => {
    let fake: FakeOpenAi;
    let undo = () => undefined as void;
    beforeAll(async () => {
      fake = await startFakeOpenAi();
      undo = withEnvironment({ LLM_FALLBACK_MODEL: undefined, OPENAI_BASE_URL: fake.baseUrl });
    });
    afterAll(async () => {
      undo();
      await fake.close();
    });
    const asked = <T>(result: z.ZodType<T>, over: Partial<LlmCall> = {}) => callForObject({ ...callOf({ endpoint: "explain-chart", ...over }), result });

    test("values that JSON has to escape are whole where they stood", async () => {
      const key = ["-----BEGIN", `PRIVATE KEY-----\n${"A1b2".repeat(16)}\n-----END PRIVATE KEY-----`].join(" ");
      fake.behave(() => {
        const placeholder = /\[PEM-[A-Z0-9]+-1\]/.exec(fake.requests.at(-1)?.messages.at(-1)?.content ?? "")?.[0] ?? "none";
        return { kind: "stream", pieces: [...JSON.stringify({ note: `"${placeholder}"` })] };
      });
      expect(await asked(z.strictObject({ note: z.string() }), { input: { key } })).toMatchObject({ ok: true, value: { note: `"${key}"` } });
    });

    test("a model that refuses is asked once, and the call has failed", async () => {
      fake.behave({ kind: "stream", pieces: [], refusal: "I can't help with that." });
      const before = fake.requests.length;
      expect(await asked(z.strictObject({}))).toMatchObject({ ok: false, reason: "refused" });
      expect([fake.requests.length - before, await inspect("select outcome, error_code from app.llm_call_log")]).toEqual([1, [{ outcome: "failed", error_code: "UNUSABLE_ANSWER" }]]);
    });
  });
});
