import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { reloadEnvironment } from "#platform/config/environment.ts";
import { bearerToken, type Attempt } from "#platform/auth/caller.ts";
import { authenticators, equalSecrets } from "./authenticate.ts";

const token = "a-metrics-token-of-32-characters";
const requestWith = (authorization?: string) =>
  new Request("http://t/", authorization === undefined ? {} : { headers: { authorization } });

const attemptWith = (authorization?: string): Attempt => ({ request: requestWith(authorization), scope: undefined, setCookie: vi.fn() });

afterEach(() => {
  vi.unstubAllEnvs();
  reloadEnvironment();
});

test("anyone without a session is anonymous", async () => {
  const setCookie = vi.fn();
  expect(await authenticators.anyone.authenticate({ ...attemptWith(`Bearer ${token}`), setCookie })).toEqual({
    principal: { kind: "anonymous" },
    session: null,
  });
  expect(setCookie).not.toHaveBeenCalled();
});

describe("metrics", () => {
  beforeEach(() => {
    vi.stubEnv("METRICS_TOKEN", token);
    reloadEnvironment();
  });
  const { authenticate } = authenticators.metrics;

  test("the bearer of the token is the system principal metrics", async () => {
    expect(await authenticate(attemptWith(`Bearer ${token}`))).toEqual({ principal: { kind: "system", name: "metrics" }, session: null });
  });

  test.each([
    undefined,
    "",
    "Bearer",
    "Bearer ",
    token,
    `Basic ${token}`,
    `Bearer ${token}x`,
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${token.toUpperCase()}`,
    `Bearer ${token}, Bearer ${token}`,
  ])("%j is refused with UNAUTHENTICATED", async (authorization) => {
    await expect(authenticate(attemptWith(authorization))).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("without METRICS_TOKEN there is nothing here, with or without a token", async () => {
    vi.stubEnv("METRICS_TOKEN", "");
    reloadEnvironment();
    for (const authorization of [undefined, "Bearer ", "Bearer undefined"]) {
      await expect(authenticate(attemptWith(authorization))).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

test("bearerToken reads RFC 6750 headers, the scheme in any case", () => {
  expect(bearerToken(requestWith("bearer abc.def-1~+/=="))).toBe("abc.def-1~+/==");
  expect(bearerToken(requestWith("Bearer a b"))).toBeNull();
  expect(bearerToken(requestWith())).toBeNull();
});

test("equalSecrets compares secrets of any length", () => {
  expect(equalSecrets("same", "same")).toBe(true);
  expect(equalSecrets("", "")).toBe(true);
  expect(equalSecrets("same", "samesame")).toBe(false);
  expect(equalSecrets("", "same")).toBe(false);
});
