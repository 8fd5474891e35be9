import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const Value = z.looseObject({ stringValue: z.string().optional(), intValue: z.union([z.number(), z.string()]).optional(), doubleValue: z.number().optional(), boolValue: z.boolean().optional() });
const SentSpan = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.string(),
  status: z.object({ code: z.number(), message: z.string().optional() }),
  attributes: z.array(z.object({ key: z.string(), value: Value })),
});
const Sent = z.object({ resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(SentSpan) })) })) });

export interface ReceivedSpan extends Omit<z.infer<typeof SentSpan>, "attributes"> {
  attributes: Record<string, unknown>;
}

export interface FakeTraceReceiver {
  url: string;
  /** Spans received, in the order they came. */
  spans: ReceivedSpan[];
  /** Paths and headers of the requests. */
  requests: { path: string; authorization: string | undefined; headers: Record<string, string | string[] | undefined> }[];
  /** Everything that was received, as it came. */
  raw: string[];
  behave(behaviour: "take" | "refuse" | "hang"): void;
  close(): Promise<void>;
}

/** Takes traces over OTLP (HTTP, JSON), as an OpenTelemetry collector and Langfuse do. */
export async function startFakeTraceReceiver(): Promise<FakeTraceReceiver> {
  let behaviour: "take" | "refuse" | "hang" = "take";
  const [spans, requests, raw]: [ReceivedSpan[], FakeTraceReceiver["requests"], string[]] = [[], [], []];
  const server = createServer((request, response) => {
    void (async () => {
      let text = "";
      for await (const piece of request) text += String(piece);
      requests.push({ path: request.url ?? "", authorization: request.headers.authorization, headers: request.headers });
      if (behaviour === "hang") return;
      if (behaviour === "refuse") return void response.writeHead(400).end();
      raw.push(text);
      for (const { scopeSpans } of Sent.parse(JSON.parse(text)).resourceSpans) for (const scope of scopeSpans) for (const span of scope.spans) spans.push({ ...span, attributes: plain(span.attributes) });
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    })();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests,
    raw,
    behave: (next) => (behaviour = next),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function plain(attributes: z.infer<typeof SentSpan>["attributes"]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.doubleValue ?? value.boolValue ?? (value.intValue === undefined ? value : Number(value.intValue))]));
}
