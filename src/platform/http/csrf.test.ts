import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { reloadEnvironment } from "#platform/config/environment.ts";
import { requireSameOrigin } from "./csrf.ts";

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

test("without a cookie there is no authority to borrow", () => {
  expect(outcome({ origin: "https://evil.test", "sec-fetch-site": "cross-site" })).toBe("passes");
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
