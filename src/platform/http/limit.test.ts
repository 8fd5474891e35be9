import { expect, test } from "vitest";
import { anonymous, system, type Principal } from "#platform/auth/principal.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { freshAddress } from "../../../tests/support/http.ts";
import { limiterKey as keyOf } from "#platform/security/limits.ts";
import { limitSubject, LimitReached, rateLimitHeaders, takeFromLimit, type Quota } from "./limit.ts";

const quota = (change: Partial<Quota["decision"]> = {}): Quota => ({
  policy: { name: "default", limit: 100, windowMs: 60_000 },
  decision: {
    allowed: true,
    limit: 100,
    remaining: 50,
    resetAt: 1_700_000_040_000,
    retryAfterMs: 0,
    backend: "memory",
    ...change,
  },
});

test("headers say the limit in both spellings, reset as epoch seconds and as seconds from now", () => {
  expect(Object.fromEntries(rateLimitHeaders(quota(), 1_700_000_010_000))).toEqual({
    "x-ratelimit-limit": "100",
    "x-ratelimit-remaining": "50",
    "x-ratelimit-reset": "1700000040",
    "x-ratelimit-backend": "memory",
    "ratelimit-policy": '"default";q=100;w=60',
    ratelimit: '"default";r=50;t=30',
  });
});

test("a window about to end still says one second, never zero or less", () => {
  const values = Object.fromEntries(rateLimitHeaders(quota(), 1_700_000_040_500));
  expect(values.ratelimit).toBe('"default";r=50;t=1');
});

test.each([
  [1, 1],
  [999, 1],
  [1_001, 2],
])("a wait of %i ms is announced as %i s", (retryAfterMs, seconds) => {
  expect(new LimitReached(quota({ allowed: false, retryAfterMs }))).toMatchObject({
    code: "RATE_LIMITED",
    retryAfterSeconds: seconds,
  });
});

const limiterKey = (name: string, principal: Principal, address: string) => keyOf(name, limitSubject(principal, address));

test("keys are hashes that hold neither address nor user", () => {
  const key = limiterKey("default", anonymous, "192.0.2.1");
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(limiterKey("default", anonymous, "192.0.2.1")).toBe(key);
});

test("keys keep policies, addresses, users and systems apart, and one IPv6 /64 together", () => {
  const member = (userId: string) => ({ kind: "member", userId, tenantId: "t", role: "member" }) as const;
  const keys = [
    limiterKey("default", anonymous, "192.0.2.1"),
    limiterKey("llm", anonymous, "192.0.2.1"),
    limiterKey("default", anonymous, "192.0.2.2"),
    limiterKey("default", member("a"), "192.0.2.1"),
    limiterKey("default", member("b"), "192.0.2.1"),
    limiterKey("default", system("a"), "192.0.2.1"),
    limiterKey("default", anonymous, "2001:db8::1"),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(limiterKey("default", anonymous, "2001:db8::ffff")).toBe(limiterKey("default", anonymous, "2001:db8::1"));
});

test("a member has one limit at every address", () => {
  const member = { kind: "member", userId: "a", tenantId: "t", role: "member" } as const;
  expect(limiterKey("default", member, "192.0.2.1")).toBe(limiterKey("default", member, "198.51.100.1"));
});

test("counts decisions, and leaves an unlimited route alone", async () => {
  const address = freshAddress();
  const before = await decisions();
  expect(await takeFromLimit("none", anonymous, address)).toBeNull();
  expect((await takeFromLimit("default", anonymous, address))?.decision).toMatchObject({
    allowed: true,
    remaining: 99,
  });
  expect((await takeFromLimit("default", anonymous, address))?.decision.remaining).toBe(98);
  expect(await decisions()).toBe(before + 2);
});

async function decisions(): Promise<number> {
  const { values } = await metrics().rateLimitDecisions.get();
  return values.find(({ labels }) => labels.policy === "default" && labels.decision === "allowed")?.value ?? 0;
}
