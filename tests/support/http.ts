import { Writable } from "node:stream";
import { vi } from "vitest";
import { reloadEnvironment } from "#platform/config/environment.ts";
import type { RouteHandler } from "#platform/http/operation.ts";
import type { PathParams } from "#platform/http/route-label.ts";
import { createLogger } from "#platform/observability/log.ts";

export const testOrigin = "http://tieline.test";

export interface CallOptions {
  method?: string;
  /** Sent as JSON, with its content type. */
  json?: unknown;
  /** Sent as it is, without a content type. */
  body?: BodyInit;
  headers?: Record<string, string>;
  params?: PathParams;
  /** The client's address; a fresh one unless given, so that no test uses up another's limit. */
  address?: string;
  signal?: AbortSignal;
}

let addresses = 0;

/** An address no other call of this process has used. */
export function freshAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** Calls a route handler as Next does, behind our server: with one address in x-forwarded-for. */
export function call(handler: RouteHandler, path: string, options: CallOptions = {}): Promise<Response> {
  const { json, body = json === undefined ? undefined : JSON.stringify(json), params = {}, signal } = options;
  const method = options.method ?? (body === undefined ? "GET" : "POST");
  const headers = new Headers(options.headers);
  headers.set("x-forwarded-for", options.address ?? freshAddress());
  if (json !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  // `duplex` is asked for by fetch's standard when the body is a stream, and unknown to the DOM's types.
  const init: RequestInit & { duplex: "half" } = {
    method,
    headers,
    duplex: "half",
    ...(body === undefined ? {} : { body }),
    ...(signal ? { signal } : {}),
  };
  return handler(new Request(new URL(path, testOrigin), init), { params: Promise.resolve(params) });
}

export interface ReceivedEvent {
  event: string;
  id: string;
  data: unknown;
}

/** The events of a server-sent event stream, as they come; comments are skipped. */
export async function* receivedEvents(response: Response): AsyncGenerator<ReceivedEvent, void, undefined> {
  if (!response.body) throw new Error("The response has no body");
  let pending = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (pending + chunk).split("\n\n");
    pending = blocks.pop() ?? "";
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: ?(.*)/s, 2)));
      if (fields.event !== undefined)
        yield { event: fields.event, id: fields.id ?? "", data: JSON.parse(fields.data ?? "null") };
    }
  }
}

/** All events of a stream, once it has ended. */
export async function allEvents(response: Response): Promise<ReceivedEvent[]> {
  const events: ReceivedEvent[] = [];
  for await (const event of receivedEvents(response)) events.push(event);
  return events;
}

export type LogLine = Record<string, unknown>;

/** From now on, every line the process logs, parsed, instead of on stdout. */
export function captureLog(): LogLine[] {
  const lines: LogLine[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as LogLine);
      done();
    },
  });
  Object.assign(globalThis, { [Symbol.for("tieline.log")]: createLogger("info", stream) });
  return lines;
}

/** Reads the configuration anew with these variables set; resetEnvironment() undoes it. */
export function useEnvironment(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  reloadEnvironment();
}

/** The configuration as the process was started with it. */
export function resetEnvironment(): void {
  vi.unstubAllEnvs();
  reloadEnvironment();
}
