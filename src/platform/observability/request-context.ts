import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "#lib/process-wide.ts";

/** What one request (or one job, or one command) did, gathered for its one log line. */
export interface RequestContext {
  requestId: string;
  /** W3C trace id, 32 hex digits. */
  traceId: string;
  /** SQL statements sent, transaction control aside. */
  statements: number;
  /** Units of work: transactions opened with db.as. */
  unitsOfWork: number;
  /** Further facts for the log line, by name; never personal data or content. */
  fields: Record<string, string | number | boolean | null>;
}

const storage = processWide("request-context", () => new AsyncLocalStorage<RequestContext>());

/** Runs `work` with `context` as the current one, across awaits. */
export function withRequestContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The context of the request being served, or undefined outside of one. */
export function requestContext(): RequestContext | undefined {
  return storage.getStore();
}

/** Adds facts to the current request's log line; does nothing outside a request. */
export function annotate(fields: RequestContext["fields"]): void {
  Object.assign(storage.getStore()?.fields ?? {}, fields);
}
