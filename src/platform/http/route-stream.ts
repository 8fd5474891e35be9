import type { z } from "zod";
import { wantsEventStream } from "./accept.ts";
import { textResponse } from "./api-response.ts";
import { checkResult } from "./check-result.ts";
import { eventStream, type StreamEvent } from "./event-stream.ts";
import type { AuthName } from "./authenticate.ts";
import type { Exchange } from "./exchange.ts";
import type {
  Declared,
  EventSchemas,
  Operation,
  OptionalSchema,
  RouteContext,
  RouteHandler,
  RouteInput,
} from "./operation.ts";
import { problemOf } from "./problem.ts";
import { type Answer, serve } from "./serve.ts";
import { eventStreamContentType } from "./sse.ts";

/** One event of a stream, its name and data together; with an id where a client may come back to go on from there. */
export type EventOf<Events extends EventSchemas> = {
  [Name in keyof Events & string]: { event: Name; id?: string; data: z.input<Events[Name]> };
}[keyof Events & string];

export interface StreamDeclaration<
  Params extends OptionalSchema,
  Query extends OptionalSchema,
  Body extends OptionalSchema,
  Events extends EventSchemas,
  Result extends OptionalSchema,
  Auth extends AuthName,
> extends Declared<Params, Query, Body, Auth> {
  /** Names of the events and schemas of their data. `error` is the stream's own: its data is a problem document. */
  events: Events & { error?: never };
  /** Schema of the JSON answer, for clients that don't ask for a stream. Goes with `collect`. */
  result?: Result;
  /** Makes that answer of all events. Without it the route only streams. */
  collect?: (
    events: EventOf<Events>[],
    input: RouteInput<Params, Query, Body, Auth>,
  ) => Result extends z.ZodType ? z.input<Result> : never;
  /** Yields the events. Its `signal` aborts when the client leaves; its `finally` always runs. */
  handle: (input: RouteInput<Params, Query, Body, Auth>) => AsyncGenerator<EventOf<Events>, void, undefined>;
}

/**
 * A route handler that answers with server-sent events, or with one JSON document when the client's `Accept` doesn't
 * name text/event-stream. Runs the chain of route(). What `handle` throws before its first event is an ordinary problem
 * response; what it throws later is an `error` event, after which the stream closes.
 */
export function routeStream<
  Events extends EventSchemas,
  Params extends OptionalSchema = undefined,
  Query extends OptionalSchema = undefined,
  Body extends OptionalSchema = undefined,
  Result extends OptionalSchema = undefined,
  const Auth extends AuthName = AuthName,
>(declaration: StreamDeclaration<Params, Query, Body, Events, Result, Auth>): RouteHandler {
  const { handle, collect, ...declared } = declaration;
  const operation: Operation = {
    ...declared,
    status: 200,
    errors: declared.errors ?? [],
    conditional: false,
    mayBeUnavailable: false,
  };

  const handler = (request: Request, context?: RouteContext) =>
    serve(operation, request, context, (anyInput, exchange) => {
      const input = anyInput as unknown as RouteInput<Params, Query, Body, Auth>;
      const start = (signal: AbortSignal) => checked(handle({ ...input, signal }), declaration.events, exchange.route);
      if (!collect || wantsEventStream(request.headers.get("accept"))) return stream(start, exchange);
      return document(start, operation, exchange, (events) => collect(events as EventOf<Events>[], input));
    });
  return Object.assign(handler, { operation });
}

type Start = (signal: AbortSignal) => AsyncGenerator<StreamEvent, void, undefined>;

async function stream(start: Start, { request, context }: Exchange): Promise<Answer> {
  const headers = new Headers({
    "content-type": eventStreamContentType,
    // no-transform keeps compression, which would hold events back, off the stream; the other one nginx's buffers.
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
    vary: "Accept",
  });
  if (request.method === "HEAD") return { response: new Response(null, { headers }) };
  const left = new AbortController();
  const signal = AbortSignal.any([request.signal, left.signal]);
  const events = start(signal);
  const { body, ended } = eventStream({
    events,
    first: await events.next(),
    signal,
    onLeave: () => left.abort(),
    describe: (error) => problemOf(error, context.requestId),
  });
  return { response: new Response(body, { headers }), ended };
}

async function document(
  start: Start,
  { result }: Operation,
  { request, route }: Exchange,
  collect: (events: StreamEvent[]) => unknown,
): Promise<Answer> {
  const events: StreamEvent[] = [];
  for await (const event of start(request.signal)) events.push(event);
  const collected = collect(events);
  const checkedResult = result && "safeParse" in result ? checkResult(result, collected, route) : collected;
  const headers = new Headers({ vary: "Accept" });
  return { response: textResponse(JSON.stringify(checkedResult), "application/json", 200, headers) };
}

/** Events that name themselves, as they were checked: one that many readers get is checked, and written out, once. */
const known = new WeakMap<StreamEvent, StreamEvent>();

/** The events, each with its data as its schema knows it; one object is one event of one route. Closing it closes `source`. */
async function* checked(
  source: AsyncIterable<StreamEvent>,
  schemas: EventSchemas,
  route: string,
): AsyncGenerator<StreamEvent, void, undefined> {
  for await (const given of source) {
    const { event, id, data } = given;
    const schema = schemas[event];
    if (!schema) throw new Error(`${route} sent an event it does not declare: ${event}`);
    const before = id === undefined ? undefined : known.get(given);
    const now = before ?? { event, ...(id === undefined ? {} : { id }), data: checkResult(schema, data, `${route} ${event}`) };
    if (id !== undefined) known.set(given, now);
    yield now;
  }
}
