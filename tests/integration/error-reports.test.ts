import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { onRequestError } from "#instrumentation.ts";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import { route } from "#platform/http/route.ts";
import { logError, reportError, startErrorReports, stopErrorReports } from "#platform/observability/error-reports.ts";
import { version } from "#platform/observability/version.ts";
import { withEnvironment } from "../support/environment.ts";
import { startFakeSentry, type FakeSentry } from "../support/fake-sentry.ts";
import { call, captureLog } from "../support/http.ts";

const failing = (error: unknown) =>
  route({
    summary: "Fails", auth: "anyone", limit: "none", result: z.object({}),
    handle: () => {
      throw error;
    },
  });

describe("Errors that nobody foresaw", () => {
  let sentry: FakeSentry;
  let restore = () => undefined as void;
  beforeEach(async () => {
    sentry = await startFakeSentry();
    restore = withEnvironment({ SENTRY_DSN: sentry.dsn });
    await startErrorReports();
  });
  afterEach(async () => {
    await sentry.close();
    await stopErrorReports();
    restore();
  });
  const sent = (count = 1) => vi.waitFor(() => expect(sentry.events).toHaveLength(count));

  test("reach Sentry once, with where they happened and without what is personal or secret, causes included", async () => {
    const lines = captureLog();
    const cause = new Error("connect postgres://tieline:s3cret@db.example.ca/app");
    const error = Object.assign(new TypeError("no row for ana.roy@example.ca with sk-0123456789abcdefABCDEF", { cause }), { row: { phone: "613-555-0143" } });
    const response = await call(failing(error), "/api/failing", { headers: { cookie: "session=s3cret", authorization: "Bearer s3cret-s3cret" } });
    await sent();
    const [event] = sentry.events;
    expect(event).toMatchObject({ release: `tieline@${version}`, environment: "test", tags: { requestId: response.headers.get("x-request-id"), method: "GET", route: "/api/failing", errorCode: "INTERNAL" } });
    expect(event?.exception.values.map(({ type, value }) => [type, value])).toEqual([
      ["Error", "connect postgres://[redacted]@db.example.ca/app"],
      ["TypeError", "no row for [EMAIL-ERROR-1] with [redacted]"],
    ]);
    expect(sentry.raw.join("")).not.toMatch(/ana|s3cret|555-0143|10\.0\./);
    expect(lines.at(-1)).toMatchObject({ level: "error", requestId: event?.tags.requestId, err: { type: "TypeError" } });
  });

  test.each<ErrorCode>(["INVALID_REQUEST", "SAFETY_BLOCKED", "RATE_LIMITED", "UPSTREAM_UNAVAILABLE", "DATABASE_UNAVAILABLE"])("are not %s", async (code) => {
    await call(failing(new AppError(code)), "/api/failing");
    logError(new Error("after it"), "job failed", { job: "test.fail", jobId: "1", durationMs: 3 });
    await sent();
    expect(sentry.events[0]).toMatchObject({ tags: { job: "test.fail", jobId: "1" }, exception: { values: [{ value: "after it" }] } });
    expect(sentry.events[0]?.tags).not.toHaveProperty("durationMs");
  });

  test("are sent too where a page throws them", async () => {
    const undo = withEnvironment({ NEXT_RUNTIME: "nodejs" });
    const place = { routerKind: "App Router", routePath: "/help/[slug]", routeType: "render", revalidateReason: undefined, renderSource: "react-server-components" } as const;
    await onRequestError(new Error("no such column"), { path: "/help/x?q=ana", method: "GET", headers: { cookie: "session=s3cret" } }, place);
    undo();
    await sent();
    expect(sentry.events[0]).toMatchObject({ tags: { method: "GET", route: "/help/[slug]" }, exception: { values: [{ value: "no such column" }] } });
    expect(sentry.raw.join("")).not.toMatch(/ana|s3cret/);
  });

  test("are sent too where nothing caught them", async () => {
    const ignore = () => undefined;
    const others = process.listeners("unhandledRejection").filter((listener) => listener.name !== "reportUncaught");
    for (const listener of others) process.off("unhandledRejection", listener);
    process.on("unhandledRejection", ignore);
    void Promise.reject(new RangeError("nobody waits"));
    await sent();
    process.off("unhandledRejection", ignore);
    for (const listener of others) process.on("unhandledRejection", listener);
    expect(sentry.events[0]?.exception.values).toMatchObject([{ type: "RangeError" }]);
  });

  test.each(["refuse", "hang"] as const)("delay nothing when Sentry does %s, and stopping is not held up", async (behaviour) => {
    sentry.behave(behaviour);
    const responses = await Promise.all(Array.from({ length: 50 }, () => call(failing(new Error("lost")), "/api/failing")));
    expect(responses.map(({ status }) => status)).toEqual(Array(50).fill(500));
    await vi.waitFor(() => expect(sentry.raw.length).toBeGreaterThan(0));
    // What waits is bounded: the rest is dropped.
    expect(sentry.raw.length).toBeLessThanOrEqual(30);
    await stopErrorReports();
    reportError(new Error("after the end"));
    expect(sentry.raw.join("")).not.toContain("after the end");
  });
});

test("without SENTRY_DSN nothing of Sentry is loaded, with it it is", async () => {
  const script = `
    import { registerHooks } from "node:module";
    let loaded = 0;
    registerHooks({ resolve(name, context, next) { const found = next(name, context); loaded += Number(found.url.includes("/@sentry/")); return found; } });
    const { register } = await import("#instrumentation.ts");
    await register();
    console.log(loaded > 0);
    process.exit(0);`;
  const loads = async (dsn: string) => (await promisify(execFile)(process.execPath, ["--conditions=react-server", "--input-type=module", "-e", script], { env: { ...process.env, NEXT_RUNTIME: "nodejs", SENTRY_DSN: dsn } })).stdout.trim();
  expect([await loads(""), await loads("http://key@127.0.0.1:9/1")]).toEqual(["false", "true"]);
});
