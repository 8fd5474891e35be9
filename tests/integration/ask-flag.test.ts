import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PUT as switchFlag } from "#app/api/admin/flags/[key]/route.ts";
import { POST } from "#app/api/ask/route.ts";
import { Answer } from "#domains/assistant/index.ts";
import { ask as askAs } from "#domains/assistant/server.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { bucketOf } from "#platform/flags/flags.ts";
import { createAdmin, type SignedInAdmin } from "../support/admins.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { withEnvironment } from "../support/environment.ts";
import { createDocument, createMember } from "../support/factories.ts";
import { startFakeOpenAi, type FakeOpenAi } from "../support/fake-openai.ts";
import { call } from "../support/http.ts";

const question = "What is the pool price in Alberta?";

describe("the flag generated-answers", () => {
  let opened: TestDatabase;
  let fake: FakeOpenAi;
  let restore: () => void;
  let admin: SignedInAdmin;

  beforeAll(async () => {
    opened = await openTestDatabase("embedded");
    admin = await createAdmin("admin");
    await createDocument("The pool price is the hourly price of electricity in Alberta.", { title: "Pool price", url: "/help/pool-price" });
    fake = await startFakeOpenAi();
    fake.behave({ kind: "stream", pieces: ["The hourly price [1]."] });
    restore = withEnvironment({ OPENAI_API_KEY: "test-key", OPENAI_BASE_URL: fake.baseUrl, OPENAI_MODEL: "flagged-model" });
  });
  afterAll(async () => {
    restore();
    await fake.close();
    await opened.close();
  });

  const put = async (enabled: boolean, rolloutPercent: number) => {
    const key = "generated-answers";
    const response = await call(switchFlag, `/api/admin/flags/${key}`, { method: "PUT", params: { key }, json: { enabled, rolloutPercent }, headers: admin.headers });
    expect(response.status).toBe(200);
  };
  beforeEach(() => put(true, 100));

  const ask = async (address = "203.0.113.5") => Answer.parse(await (await call(POST, "/api/ask", { json: { question }, address })).json());

  test("off, answers are quoted from the next one on, and the model isn't called; on, they are written again", async () => {
    expect((await ask()).mode).toBe("generated");
    // Now both modes have a known answer: neither is given in place of the other.
    await put(false, 100);
    const calls = fake.requests.length;
    expect(await ask()).toMatchObject({ mode: "extractive", model: null, cached: false });
    expect(await ask()).toMatchObject({ mode: "extractive", model: null, cached: true });
    expect(fake.requests.length).toBe(calls);
    await put(true, 100);
    expect(await ask()).toMatchObject({ mode: "generated", cached: true });
    await put(true, 0);
    expect(await ask()).toMatchObject({ mode: "extractive", cached: true });
  });

  test("on for a share, an organisation stays on its side of it, and so does an address", async () => {
    const modeOf = async (principal: Principal) => {
      for await (const { event, data } of askAs(principal, { question }, new AbortController().signal)) if (event === "answer") return data.answer.mode;
      return undefined;
    };
    const members = await Promise.all(Array.from({ length: 12 }, (_, n) => createMember(`Share ${n}`)));
    const buckets = members.map(({ tenantId }) => bucketOf("generated-answers", tenantId)).toSorted((a, b) => a - b);
    const share = ((buckets[5] ?? 0) + (buckets[6] ?? 0) + 1) >> 1;
    await put(true, share);
    for (const member of members) {
      const expected = bucketOf("generated-answers", member.tenantId) < share ? "generated" : "extractive";
      expect([await modeOf(member), await modeOf(member)]).toEqual([expected, expected]);
    }
    const addresses = Array.from({ length: 8 }, (_, n) => `198.51.100.${n}`);
    const modes = await Promise.all(addresses.map(async (address) => (await ask(address)).mode));
    expect(await Promise.all(addresses.map(async (address) => (await ask(address)).mode))).toEqual(modes);
  });
});
