import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policyOf } from "#platform/security/limits.ts";
import { newId } from "#lib/ids.ts";
import { createAdmin } from "../support/admins.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { createMember } from "../support/factories.ts";
import { call, freshAddress, resetEnvironment, useEnvironment } from "../support/http.ts";
import { callableOperations, paramsFor, pathWith, type CallableOperation } from "../support/operations.ts";

const limited = (await callableOperations()).filter(({ operation }) => operation.limit !== "none");
/** One operation of each class of limits, the cheapest to call. */
const classes = Object.values(Object.fromEntries(limited.map((target) => [target.operation.limit, target])));

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase("embedded");
  await createMember("Limited");
  useEnvironment({ RATE_LIMIT_PER_MINUTE: "5", RATE_LIMIT_LLM_PER_MINUTE: "5" });
});
afterAll(async () => {
  resetEnvironment();
  await opened.close();
});

async function knock(target: CallableOperation, address: string, headers: Record<string, string> = {}): Promise<Response> {
  const params = paramsFor(target.pattern);
  const body = target.method === "GET" ? {} : { body: JSON.stringify({ email: `${newId()}@example.com`, password: "x" }) };
  const response = await call(target.handler, pathWith(target.pattern, params), {
    method: target.method, params, address, ...body, headers: { "content-type": "application/json", "sec-fetch-site": "same-origin", ...headers },
  });
  await response.text();
  return response;
}

describe("18 a refusal for too many requests says how long to wait, in every spelling that clients know", () => {
  test.each(classes.map((target) => [target.operation.limit, target] as const))("limit %s", async (name, target) => {
    const address = freshAddress();
    const most = policyOf(name)?.limit ?? 0;
    expect(most).toBeGreaterThan(0);
    const statuses: number[] = [];
    let last = await knock(target, address);
    for (let count = 1; count <= most && last.status !== 429; count += 1) {
      statuses.push(last.status);
      last = await knock(target, address);
    }
    expect([name, statuses.length, last.status]).toEqual([name, most, 429]);
    const { headers } = last;
    expect(headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(headers.get("cache-control")).toBe("no-store");
    expect([headers.get("x-ratelimit-limit"), headers.get("x-ratelimit-remaining")]).toEqual([String(most), "0"]);
    expect(Number(headers.get("x-ratelimit-reset"))).toBeGreaterThan(Date.now() / 1_000 - 1);
    expect(headers.get("ratelimit-policy")).toMatch(new RegExp(`^"${name}";q=${most};w=\\d+$`));
    expect(headers.get("ratelimit")).toMatch(new RegExp(`^"${name}";r=0;t=[1-9]\\d*$`));
  }, 60_000);

  test.each(limited.map((target) => [target.name, target] as const))("%s tells its limit with every answer", async (_, target) => {
    const { headers } = await knock(target, freshAddress());
    const policy = policyOf(target.operation.limit);
    expect(headers.get("x-ratelimit-limit")).toBe(String(policy?.limit));
    expect(headers.get("ratelimit-policy")).toContain(`"${target.operation.limit}";q=${policy?.limit}`);
  });
});

describe("17 no header of a client gives it a limit of its own", () => {
  test("nor do credentials that don't hold, which have a limit themselves", async () => {
    const [target] = limited.filter(({ operation }) => operation.limit === "default" && operation.auth === "anyone");
    const address = freshAddress();
    const statuses: number[] = [];
    for (let count = 0; count < 8; count += 1) {
      const claims = { "x-real-ip": freshAddress(), "cf-connecting-ip": freshAddress(), "true-client-ip": freshAddress(), forwarded: `for=${freshAddress()}`, cookie: `tieline_organisation=${newId()}; tieline_session.0=${newId()}` };
      if (target) statuses.push((await knock(target, address, claims)).status);
    }
    expect(statuses.slice(5)).toEqual([429, 429, 429]);
  });

  test("an administrator's own limit isn't a stranger's to use up", async () => {
    const [target] = limited.filter(({ operation }) => operation.limit === "default" && operation.auth === "adminViewer");
    if (!target) throw new Error("No such operation");
    const address = freshAddress();
    for (let count = 0; count < 8; count += 1) await knock(target, address);
    expect((await knock(target, address)).status).toBe(429);
    const { headers } = await createAdmin("super_admin");
    expect((await knock(target, address, headers)).status).not.toBe(429);
  });
});
