import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { createAdmin } from "../support/admins.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { call, resetEnvironment, testOrigin, useEnvironment } from "../support/http.ts";
import { callableOperations, paramsFor, pathWith, type CallableOperation } from "../support/operations.ts";
import { signUp } from "../support/sessions.ts";

const changing = (await callableOperations()).filter(({ method }) => method !== "GET");
const isForAdmins = ({ operation }: CallableOperation) => /admin/i.test(operation.auth);

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase("embedded");
  useEnvironment({ RATE_LIMIT_PER_MINUTE: "1000000", RATE_LIMIT_LLM_PER_MINUTE: "1000000", CRON_SECRET: "a-secret-of-whatever-runs-jobs-on-time" });
});
afterAll(async () => {
  resetEnvironment();
  await opened.close();
});

/** The headers of a page of somebody who may call the operation: a member who owns an organisation, or an administrator. */
async function pageHeaders(target: CallableOperation): Promise<Record<string, string>> {
  if (isForAdmins(target)) return (await createAdmin("super_admin")).headers;
  const { jar, userId } = await signUp(`${newId()}@example.com`);
  const tenantId = newId();
  await db.as(system("test"), async (tx) => {
    await tx.insertInto("app.organisations").values({ id: tenantId, name: "Tester" }).execute();
    await tx.insertInto("app.memberships").values({ tenant_id: tenantId, user_id: userId, role: "owner" }).execute();
  });
  return jar.headers;
}

async function codeOf(target: CallableOperation, headers: Record<string, string>): Promise<string | undefined> {
  const params = paramsFor(target.pattern);
  const response = await call(target.handler, pathWith(target.pattern, params), { method: target.method, params, headers, body: "{}" });
  const text = await response.text();
  return text.startsWith("{") ? (JSON.parse(text) as { code?: string }).code : undefined;
}

const without = (headers: Record<string, string>, ...names: string[]) => Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));

/** What a page of another site can make a browser send, or send without our token; each is refused. */
const attacks: Record<string, (own: Record<string, string>, other: Record<string, string>) => Record<string, string>> = {
  "from another site": (own) => ({ ...own, "sec-fetch-site": "cross-site" }),
  "from another host of this site": (own) => ({ ...own, "sec-fetch-site": "same-site" }),
  "typed or opened by a program": (own) => ({ ...own, "sec-fetch-site": "none" }),
  "from another site that claims our origin": (own) => ({ ...own, "sec-fetch-site": "cross-site", origin: testOrigin }),
  "with a word of the browser that doesn't exist": (own) => ({ ...own, "sec-fetch-site": "same-origin, cross-site" }),
  "by an old browser, from another origin": (own) => ({ ...without(own, "sec-fetch-site"), origin: "https://evil.example" }),
  "by an old browser, from a port of our host": (own) => ({ ...without(own, "sec-fetch-site"), origin: `${testOrigin}:8443` }),
  "by an old browser, from a name that begins as ours": (own) => ({ ...without(own, "sec-fetch-site"), origin: `${testOrigin}.evil.example` }),
  "by an old browser, from a sandbox": (own) => ({ ...without(own, "sec-fetch-site"), origin: "null" }),
  "by an old browser, with an empty origin": (own) => ({ ...without(own, "sec-fetch-site"), origin: "" }),
  "with cookies and nothing that says where from": (own) => without(own, "sec-fetch-site"),
};
const withoutToken: typeof attacks = {
  "without a token": (own) => without(own, "x-csrf-token"),
  "with an empty token": (own) => ({ ...own, "x-csrf-token": "" }),
  "with a made-up token": (own) => ({ ...own, "x-csrf-token": "A".repeat(43) }),
  "with another session's token": (own, other) => ({ ...own, "x-csrf-token": other["x-csrf-token"] ?? "" }),
  "with the token twice": (own) => ({ ...own, "x-csrf-token": `${own["x-csrf-token"]}, ${own["x-csrf-token"]}` }),
};

describe("6 no operation changes anything for another site's page, or without the session's own token", () => {
  test.each(changing.map((target) => [target.name, target] as const))("%s", async (_, target) => {
    const [own, other] = await Promise.all([pageHeaders(target), pageHeaders(target)]);
    // Where nobody needs to be signed in, a session that is shown is asked for its token all the same; where none is
    // looked at, because it is about to begin, there is none to borrow.
    const tried = target.operation.auth === "nobody" ? attacks : { ...attacks, ...withoutToken };
    // Cookies are no credentials where the deployment's own secret is asked for.
    const refusal = target.operation.auth === "cron" ? "UNAUTHENTICATED" : "CSRF_FAILED";
    const isRoomy = ["default", "llm", "none"].includes(target.operation.limit);
    for (const [name, attack] of Object.entries(tried)) {
      // A limit of a few an hour is somebody's own: another one tries next.
      expect([name, await codeOf(target, attack(isRoomy ? own : await pageHeaders(target), other))]).toEqual([name, refusal]);
    }
    // An Authorization header vouches for itself alone, never for the cookies beside it.
    for (const authorization of target.operation.auth === "nobody" ? [] : ["Bearer nonsense", "Basic eDp5", "x"]) {
      const attempt = { ...without(own, "x-csrf-token"), authorization, "sec-fetch-site": "cross-site" };
      expect(["CSRF_FAILED", "ADMIN_FORBIDDEN", "UNAUTHENTICATED"]).toContain(await codeOf(target, attempt));
    }
    expect(await codeOf(target, own)).not.toBe("CSRF_FAILED");
  });

  test.each(changing.filter((target) => ["anyone", "nobody"].includes(target.operation.auth)).map((target) => [target.name, target] as const))("%s, for somebody who isn't signed in", async (_, target) => {
    for (const [name, attack] of Object.entries(attacks)) {
      expect([name, await codeOf(target, attack({ cookie: "theme=dark", "sec-fetch-site": "same-origin" }, {}))]).toEqual([name, "CSRF_FAILED"]);
    }
  });

  test("an operation exists to be tried on", () => expect(changing.length).toBeGreaterThan(1));
});
