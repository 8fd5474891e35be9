import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const SentEvent = z.object({
  release: z.string(),
  environment: z.string(),
  tags: z.record(z.string(), z.string()).default({}),
  exception: z.object({ values: z.array(z.object({ type: z.string(), value: z.string() })) }),
});

export interface FakeSentry {
  dsn: string;
  /** Events received, in the order they came. */
  events: z.infer<typeof SentEvent>[];
  /** Everything that was received, as it came; also what was then refused. */
  raw: string[];
  behave(behaviour: "take" | "refuse" | "hang"): void;
  close(): Promise<void>;
}

/** Takes events of one project, as Sentry does: in envelopes, which are lines of JSON. */
export async function startFakeSentry(): Promise<FakeSentry> {
  let behaviour: "take" | "refuse" | "hang" = "take";
  const [events, raw]: [FakeSentry["events"], string[]] = [[], []];
  const server = createServer((request, response) => {
    void (async () => {
      let text = "";
      for await (const piece of request) text += String(piece);
      raw.push(text);
      if (behaviour === "hang") return;
      const isEnvelope = request.method === "POST" && request.url?.startsWith("/api/1/envelope/?sentry_version=7&sentry_key=key");
      if (behaviour === "refuse" || !isEnvelope) return void response.writeHead(500).end();
      const [, item, payload] = text.split("\n").map((line): unknown => JSON.parse(line));
      if (z.object({ type: z.string() }).parse(item).type === "event") events.push(SentEvent.parse(payload));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    })();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    dsn: `http://key@127.0.0.1:${(server.address() as AddressInfo).port}/1`,
    events,
    raw,
    behave: (next) => (behaviour = next),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
