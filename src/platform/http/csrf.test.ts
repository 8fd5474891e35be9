import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { reloadEnvironment } from "#platform/config/environment.ts";
import { csrfToken } from "#platform/auth/csrf-token.ts";
import { requireCsrfToken, requireSameOrigin } from "./csrf.ts";

const own = "https://tieline.test";

function useAppUrl(url: string): void {
  vi.stubEnv("APP_URL", url);
  reloadEnvironment();
}

beforeEach(() => useAppUrl(own));
afterEach(() => {
  vi.unstubAllEnvs();
  reloadEnvironment();
});

function outcome(headers: Record<string, string>, method = "POST", url = "http://127.0.0.1:3000/api/x"): string {
  try {
    requireSameOrigin(new Request(url, { method, headers }));
    return "passes";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("with a cookie", () => {
  const cookie = { cookie: "session=1" };

  test.each([
    ["same-origin", "passes"],
    ["same-site", "CSRF_FAILED"],
    ["cross-site", "CSRF_FAILED"],
    ["none", "CSRF_FAILED"],
    ["", "CSRF_FAILED"],
    ["same-origin, same-origin", "CSRF_FAILED"],
  ])("Sec-Fetch-Site: %s: %s", (site, expected) => {
    expect(outcome({ ...cookie, "sec-fetch-site": site })).toBe(expected);
  });

  test("Sec-Fetch-Site decides, even beside our own Origin", () => {
    expect(outcome({ ...cookie, "sec-fetch-site": "cross-site", origin: own })).toBe("CSRF_FAILED");
  });

  test.each([
    [own, "passes"],
    ["https://evil.test", "CSRF_FAILED"],
    ["https://tieline.test.evil.test", "CSRF_FAILED"],
    ["http://tieline.test", "CSRF_FAILED"],
    ["https://tieline.test:8443", "CSRF_FAILED"],
    ["null", "CSRF_FAILED"],
    ["", "CSRF_FAILED"],
    ["not an origin", "CSRF_FAILED"],
  ])("without Sec-Fetch-Site, Origin: %s: %s", (origin, expected) => {
    expect(outcome({ ...cookie, origin })).toBe(expected);
  });

  test("with neither header it fails", () => {
    expect(outcome(cookie)).toBe("CSRF_FAILED");
  });

  test.each(["PUT", "PATCH", "DELETE"])("%s is checked too", (method) => {
    expect(outcome({ ...cookie, "sec-fetch-site": "cross-site" }, method)).toBe("CSRF_FAILED");
  });

  test.each(["GET", "HEAD", "OPTIONS"])("%s changes nothing and passes", (method) => {
    expect(outcome({ ...cookie, "sec-fetch-site": "cross-site" }, method)).toBe("passes");
  });
});

test("without a cookie another site's page is refused as well: it could sign somebody in", () => {
  expect(outcome({ origin: "https://evil.test", "sec-fetch-site": "cross-site" })).toBe("CSRF_FAILED");
  expect(outcome({ origin: "https://evil.test" })).toBe("CSRF_FAILED");
  expect(outcome({ origin: own })).toBe("passes");
});

test("a program that sends neither cookies nor the headers of a browser passes", () => {
  expect(outcome({})).toBe("passes");
});

test("an Authorization header borrows no authority", () => {
  expect(outcome({ authorization: "Bearer tl_x", cookie: "session=1", "sec-fetch-site": "cross-site" })).toBe("passes");
});

describe("the token of a session", () => {
  const attempt = async (token: string | null, method = "POST", session: string | null = "session-1") => {
    const headers: Record<string, string> = token === null ? {} : { "x-csrf-token": token };
    return requireCsrfToken(new Request("http://t/", { method, headers }), session).then(() => "passes", (error: { code: string }) => error.code);
  };

  test("is wanted for what changes something, and no other session's fits", async () => {
    expect(await attempt(await csrfToken("session-1"))).toBe("passes");
    for (const token of [null, "", "x", await csrfToken("session-2"), `${await csrfToken("session-1")}x`]) expect(await attempt(token)).toBe("CSRF_FAILED");
  });

  test("isn't wanted for reading, nor where the browser sent no session", async () => {
    expect(await attempt(null, "GET")).toBe("passes");
    expect(await attempt(null, "POST", null)).toBe("passes");
  });

  test("by the previous secret still counts", async () => {
    const before = await csrfToken("session-1");
    vi.stubEnv("SESSION_SECRET_PREVIOUS", process.env["SESSION_SECRET"]);
    vi.stubEnv("SESSION_SECRET", "qW9eRt5yUi3oPa8sDf2gHj7kLz4xCv6bN");
    reloadEnvironment();
    expect(await csrfToken("session-1")).not.toBe(before);
    expect(await attempt(before)).toBe("passes");
    vi.stubEnv("SESSION_SECRET_PREVIOUS", "");
    reloadEnvironment();
    expect(await attempt(before)).toBe("CSRF_FAILED");
  });
});

describe("without APP_URL", () => {
  beforeEach(() => useAppUrl(""));
  const cookie = "session=1";

  test("our origin is the host that the browser addressed", () => {
    expect(outcome({ cookie, host: "localhost:3000", origin: "http://localhost:3000" })).toBe("passes");
    expect(outcome({ cookie, host: "localhost:3000", origin: "http://localhost:3001" })).toBe("CSRF_FAILED");
    expect(outcome({ cookie, host: "localhost:3000", origin: "http://evil.test" })).toBe("CSRF_FAILED");
  });

  test("else that of the request's URL", () => {
    expect(outcome({ cookie, origin: "http://127.0.0.1:3000" })).toBe("passes");
    expect(outcome({ cookie, origin: "null" })).toBe("CSRF_FAILED");
  });
});
