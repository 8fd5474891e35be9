import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "#lib/errors.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { withRequestContext } from "#platform/observability/request-context.ts";
import { flushTraces, startSpan, startTracing, stopTracing } from "#platform/observability/tracing.ts";
import { withEnvironment } from "../support/environment.ts";
import { startFakeTraceReceiver, type FakeTraceReceiver } from "../support/fake-trace-receiver.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const inRequest = <T>(work: () => T) => withRequestContext({ requestId: "r", traceId, statements: 0, unitsOfWork: 0, fields: {} }, work);

describe("Traces", () => {
  let [collector, langfuse]: FakeTraceReceiver[] = [];
  let restore = () => undefined as void;
  beforeEach(async () => {
    [collector, langfuse] = await Promise.all([startFakeTraceReceiver(), startFakeTraceReceiver()]);
    restore = withEnvironment({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_HEADERS: "x-team=grid,x-key=a=b",
      LANGFUSE_BASE_URL: langfuse.url, LANGFUSE_PUBLIC_KEY: "pk", LANGFUSE_SECRET_KEY: "sk",
    });
    await startTracing();
  });
  afterEach(async () => {
    await stopTracing();
    restore();
    await Promise.all([collector?.close(), langfuse?.close()]);
  });

  test("go to a collector and to Langfuse, each with what is meant for it, in the request's trace id", async () => {
    inRequest(() => {
      const root = startSpan("ask");
      const child = startSpan("chat gpt", { "gen_ai.request.model": "gpt", "langfuse.observation.input": "what was asked" }, root);
      child.end();
      root.end();
    });
    await flushTraces();
    expect(collector?.requests[0]).toMatchObject({ path: "/v1/traces", headers: { "x-team": "grid", "x-key": "a=b" } });
    expect(langfuse?.requests[0]).toMatchObject({ path: "/api/public/otel/v1/traces", authorization: `Basic ${Buffer.from("pk:sk").toString("base64")}` });
    for (const receiver of [collector, langfuse]) {
      const [root, child] = ["ask", "chat gpt"].map((name) => receiver?.spans.find((span) => span.name === name));
      expect([root?.traceId, child?.traceId, root?.parentSpanId, child?.parentSpanId]).toEqual([traceId, traceId, undefined, root?.spanId]);
      expect(child?.attributes).toMatchObject({ "gen_ai.request.model": "gpt" });
    }
    expect(langfuse?.raw.join("")).toContain("what was asked");
    expect(collector?.raw.join("")).not.toMatch(/what was asked|langfuse\./);
  });

  test("name an error by its code or kind, and never quote it", async () => {
    for (const error of [new AppError("UPSTREAM_UNAVAILABLE", { detail: "The model didn't answer." }), new TypeError("bad key sk-secret")]) {
      const span = startSpan("call");
      span.failed(error);
      span.end();
    }
    await flushTraces();
    expect(collector?.spans.map(({ status, attributes }) => [status.code, status.message, attributes["error.type"]])).toEqual([
      [2, "The model didn't answer.", "UPSTREAM_UNAVAILABLE"],
      [2, "TypeError", "TypeError"],
    ]);
    expect(langfuse?.raw.join("")).not.toContain("sk-secret");
  });

  test("that nobody takes are dropped and counted; nothing fails and stopping is not held up", async () => {
    collector?.behave("refuse");
    langfuse?.behave("hang");
    const dropped = async () => (await metrics().traceSpans.get()).values.find(({ labels }) => labels.receiver === "otlp" && labels.result === "dropped")?.value ?? 0;
    const before = await dropped();
    startSpan("lost").end();
    const started = performance.now();
    await stopTracing();
    expect(performance.now() - started).toBeLessThan(6_000);
    expect(await dropped()).toBe(before + 1);
  });
});

test("without a receiver nothing is traced", async () => {
  await startTracing();
  const span = startSpan("ask").child("chat");
  expect(span.traceId).toBeNull();
  span.end();
  await flushTraces();
});
