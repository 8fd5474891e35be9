import { LangfuseSpanProcessor } from "@langfuse/otel";
import { ExportResultCode, type ExportResult } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { environment } from "#platform/config/environment.ts";
import { metrics } from "./metrics.ts";

type Receiver = "otlp" | "langfuse";

const timeoutMillis = 5_000;

/** One for each receiver that is configured; each gets what is meant for it. */
export function spanProcessors(): SpanProcessor[] {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers, LANGFUSE_PUBLIC_KEY: publicKey, LANGFUSE_SECRET_KEY: secretKey, LANGFUSE_BASE_URL: baseUrl } = environment();
  const processors: SpanProcessor[] = [];
  if (endpoint !== undefined) {
    const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces`, headers: headersOf(headers ?? []), timeoutMillis });
    processors.push(new BatchSpanProcessor(new CountingExporter("otlp", exporter, (name) => !name.startsWith("langfuse."))));
  }
  if (publicKey !== undefined && secretKey !== undefined) {
    const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString("base64")}`;
    const exporter = new OTLPTraceExporter({ url: `${baseUrl.replace(/\/$/, "")}/api/public/otel/v1/traces`, headers: { authorization, "x-langfuse-public-key": publicKey }, timeoutMillis });
    const counted = new CountingExporter("langfuse", exporter, () => true);
    processors.push(new LangfuseSpanProcessor({ publicKey, secretKey, baseUrl, exporter: counted, shouldExportSpan: () => true, mediaUploadEnabled: false }));
  }
  return processors;
}

function headersOf(pairs: string[]): Record<string, string> {
  return Object.fromEntries(pairs.map((pair): [string, string] => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}

/** Sends spans with the attributes that the receiver is to have, and counts those that couldn't be sent. */
class CountingExporter implements SpanExporter {
  readonly #receiver: Receiver;
  readonly #exporter: SpanExporter;
  readonly #keeps: (attribute: string) => boolean;

  constructor(receiver: Receiver, exporter: SpanExporter, keeps: (attribute: string) => boolean) {
    this.#receiver = receiver;
    this.#exporter = exporter;
    this.#keeps = keeps;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#exporter.export(spans.map((span) => this.#kept(span)), (result) => {
      metrics().traceSpans.inc({ receiver: this.#receiver, result: result.code === ExportResultCode.SUCCESS ? "sent" : "dropped" }, spans.length);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }

  forceFlush(): Promise<void> {
    return this.#exporter.forceFlush?.() ?? Promise.resolve();
  }

  #kept(span: ReadableSpan): ReadableSpan {
    const attributes = Object.fromEntries(Object.entries(span.attributes).filter(([name]) => this.#keeps(name)));
    // The other receiver has the same span: it isn't changed but seen through.
    return Object.create(span, { attributes: { value: attributes, enumerable: true } }) as ReadableSpan;
  }
}
