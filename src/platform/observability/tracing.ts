import { randomBytes } from "node:crypto";
import { ROOT_CONTEXT, SpanStatusCode, trace, type Attributes, type Span, type Tracer } from "@opentelemetry/api";
import { processWide } from "#lib/process-wide.ts";
import { isAppError } from "#lib/errors.ts";
import { environment } from "#platform/config/environment.ts";
import { onShutdown } from "#platform/process/shutdown.ts";
import { genAi, langfuse } from "./gen-ai-attributes.ts";
import { log } from "./log.ts";
import { requestContext } from "./request-context.ts";
import { version } from "./version.ts";

/** How long ending spans may keep the process from stopping. */
const flushMs = 3_000;

/** A piece of work in a trace. Nothing that it is told may hold what was redacted. */
export interface TraceSpan {
  /** Adds facts; undefined ones are left out. */
  set(attributes: Attributes): void;
  /** Says that the work failed: an error's code or kind and, since its text may quote anything, a sentence that is known not to; an AppError's is. */
  failed(error: unknown, sentence?: string): void;
  /** At `at`, as performance.now(), where it ended before this is known. */
  end(at?: number): void;
  /** A piece of this piece. */
  child(name: string, attributes?: Attributes): TraceSpan;
  /** 32 hex digits; null while nothing is traced. */
  traceId: string | null;
}

interface Tracing {
  tracer: Tracer;
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const holder = processWide<{ tracing: Tracing | null }>("tracing", () => ({ tracing: null }));

/**
 * Begins to send traces where OTEL_EXPORTER_OTLP_ENDPOINT or Langfuse's keys say; without either nothing is loaded and a span costs
 * nothing. Spans are sent in batches in the background: a receiver that is away or slow delays and fails nothing. What can't be
 * sent is dropped and counted.
 */
export async function startTracing(): Promise<void> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, LANGFUSE_SECRET_KEY } = environment();
  if (holder.tracing || (OTEL_EXPORTER_OTLP_ENDPOINT === undefined && LANGFUSE_SECRET_KEY === undefined)) return;
  const [{ BasicTracerProvider }, { resourceFromAttributes }, { spanProcessors }] = await Promise.all([
    import("@opentelemetry/sdk-trace-base"),
    import("@opentelemetry/resources"),
    import("./trace-exporters.ts"),
  ]);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": "tieline", "service.version": version }),
    // The request's own trace id, which its answer and log line name, for what begins in it.
    idGenerator: { generateTraceId: () => requestContext()?.traceId ?? randomBytes(16).toString("hex"), generateSpanId: () => randomBytes(8).toString("hex") },
    spanLimits: { attributeValueLengthLimit: 100_000 },
    spanProcessors: spanProcessors(),
  });
  holder.tracing = { tracer: provider.getTracer("tieline", version), flush: () => provider.forceFlush(), stop: () => provider.shutdown() };
  onShutdown(stopTracing);
}

/** Sends what has ended so far; within three seconds, and without throwing. */
export function flushTraces(): Promise<void> {
  return bounded(holder.tracing?.flush());
}

/** Sends what has ended and traces nothing from then on; within three seconds, and without throwing. */
export async function stopTracing(): Promise<void> {
  const { tracing } = holder;
  holder.tracing = null;
  await bounded(tracing?.stop());
}

/** Begins a trace in the current request's trace id, or a piece of `parent`. To be ended, whatever comes. */
export function startSpan(name: string, attributes: Attributes = {}, parent?: TraceSpan): TraceSpan {
  if (parent) return parent.child(name, attributes);
  const { tracing } = holder;
  return tracing ? spanOf(tracing.tracer.startSpan(name, { attributes: given(attributes) }, ROOT_CONTEXT), tracing.tracer) : untraced;
}

/** Does the work that a span stands for, which ends with it. Throws what the work throws, and says so in the span. */
export async function within<T>(span: TraceSpan, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    span.failed(error);
    throw error;
  } finally {
    span.end();
  }
}

const untraced: TraceSpan = { set: () => undefined, failed: () => undefined, end: () => undefined, child: () => untraced, traceId: null };

function spanOf(span: Span, tracer: Tracer): TraceSpan {
  return {
    traceId: span.spanContext().traceId,
    set: (attributes) => void span.setAttributes(given(attributes)),
    failed(error, sentence) {
      const kind = isAppError(error) ? error.code : error instanceof Error ? error.name : "Error";
      // An AppError's sentence is written for the person who reads it and quotes nothing of theirs.
      const message = sentence ?? (isAppError(error) ? error.message : kind);
      span.setAttributes({ [genAi.errorType]: kind, [langfuse.level]: "ERROR", [langfuse.statusMessage]: message });
      span.setStatus({ code: SpanStatusCode.ERROR, message });
    },
    end: (at) => span.end(at),
    child: (name, attributes = {}) => spanOf(tracer.startSpan(name, { attributes: given(attributes) }, trace.setSpan(ROOT_CONTEXT, span)), tracer),
  };
}

function given(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

async function bounded(work: Promise<void> | undefined): Promise<void> {
  if (!work) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, flushMs)));
  await Promise.race([work.catch((error: unknown) => log().warn({ err: error }, "traces were not sent")), late]);
  clearTimeout(timer);
}
