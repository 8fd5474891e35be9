import { bulkhead, circuitBreaker, DelegateBackoff, handleWhen, isBrokenCircuitError, retry, SamplingBreaker, wrap, type IPolicy, type IRetryBackoffContext } from "cockatiel";
import { processWide } from "#lib/process-wide.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { fetchOutbound, OutboundFailed, OutboundRefused } from "#platform/security/outbound.ts";
import { findRest, noteRest } from "./host-rest-queries.ts";
import type { KnownDocument } from "#domains/grid/health/source-queries.ts";
import { SourceFormatError, type FetchedDocument, type Source, type SourceDocument } from "#domains/grid/sources/source.ts";

const timeoutMs = 60_000;
/** For one try that nobody waits for long. */
const briefTimeoutMs = 10_000;
const maxBytes = 64 * 1024 * 1024;
const tries = 4;
/** A server that asks to be left alone for longer isn't waited for: nothing asks it until then. */
const longestWaitMs = 60_000;
const longestRestMs = 24 * 3_600_000;
const perHost = { atOnce: 2, waiting: 1_000 };
const fetcher = system("grid.fetch");

export type Fetched =
  | ({ kind: "fresh" } & FetchedDocument)
  /** The server says that it is as it was. */
  | { kind: "unchanged" }
  /** There is none at this address. */
  | { kind: "missing" };

/** A server that answers with an error that may pass. */
class SourceBusy extends Error {
  readonly waitMs: number | null;

  constructor(url: string, status: number, retryAfter: string | undefined) {
    super(`${url} answers ${status}`);
    this.name = "SourceBusy";
    this.waitMs = retryAfter === undefined ? null : waitOf(retryAfter);
  }
}

/** A server that asks to be left alone for longer than anybody waits. */
class SourceResting extends Error {
  constructor(host: string, until: Date) {
    super(`${host} asks to be left alone until ${until.toISOString().slice(0, 19)}Z: it isn't asked before`);
    this.name = "SourceResting";
  }
}

/** The milliseconds that a Retry-After header asks for: seconds, or a date (RFC 9110, section 10.2.3). */
export function waitOf(retryAfter: string): number | null {
  if (/^\d{1,6}$/.test(retryAfter.trim())) return Number(retryAfter) * 1_000;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

export interface FetchOptions {
  /** False: one try, and not a long one. */
  patient?: boolean;
  signal?: AbortSignal;
}

/**
 * Fetches a document, conditionally where one is known: politely (two at once for a host), again after what may pass (a
 * server's own error, 429 and its Retry-After, a broken connection), not at all for a while after many failures in a row,
 * nor, by any process on the database, before the end of a Retry-After of more than a minute (of a day at most).
 * Throws what the last try threw, SourceFormatError for a status that says the address is wrong.
 */
export async function fetchDocument(source: Source, document: SourceDocument, known: KnownDocument | null, { patient = true, signal }: FetchOptions = {}): Promise<Fetched> {
  if (document.fetched) return { kind: "fresh", ...document.fetched };
  const headers = {
    ...document.headers,
    ...(known?.etag ? { "if-none-match": known.etag } : {}),
    ...(known?.lastModified ? { "if-modified-since": known.lastModified } : {}),
  };
  const host = URL.canParse(document.url) ? new URL(document.url).host : "";
  const policies = policiesOf(host);
  const fetched = (patient ? policies.patient : policies.once).execute(async (context): Promise<Fetched> => {
    const resting = await db.as(fetcher, (tx) => findRest(tx, host, new Date()));
    if (resting) throw new SourceResting(host, resting);
    const response = await fetchOutbound(document.url, { headers, timeoutMs: patient ? timeoutMs : briefTimeoutMs, maxBytes, plainHttpHosts: source.plainHttpHosts ?? [], signal: context.signal });
    const { status, bytes } = response;
    if (status === 200) return { kind: "fresh", bytes, fetchedAt: new Date(), etag: response.header("etag") ?? null, lastModified: response.header("last-modified") ?? null };
    if (status === 304 && known) return { kind: "unchanged" };
    if (status === 404 || status === 410) return { kind: "missing" };
    if (status === 429 || status >= 500) {
      const busy = new SourceBusy(document.url, status, response.header("retry-after"));
      if (busy.waitMs === null || busy.waitMs <= longestWaitMs) throw busy;
      const until = new Date(Date.now() + Math.min(busy.waitMs, longestRestMs));
      await db.as(fetcher, (tx) => noteRest(tx, host, until, new Date()));
      throw new SourceResting(host, until);
    }
    throw new SourceFormatError(`${document.url} answers ${status}${status === 401 || status === 403 ? ": it wants other credentials" : ""}`);
  }, signal);
  return fetched.catch((error: unknown) => {
    throw isBrokenCircuitError(error) ? new OutboundFailed(`${host} has failed too often in the last minutes: it is left alone for one`, { cause: error }) : error;
  });
}

const passing = handleWhen((error) => error instanceof SourceBusy || error instanceof OutboundFailed);

interface HostPolicies {
  patient: IPolicy;
  once: IPolicy;
}

const policies = processWide("grid-hosts", () => new Map<string, HostPolicies>());

function policiesOf(host: string): HostPolicies {
  const known = policies.get(host);
  if (known) return known;
  const once = bulkhead(perHost.atOnce, perHost.waiting);
  const breaker = circuitBreaker(passing, { halfOpenAfter: 60_000, breaker: new SamplingBreaker({ threshold: 0.8, duration: 120_000, minimumRps: 0.1 }) });
  const made: HostPolicies = { once, patient: wrap(retry(passing, { maxAttempts: tries - 1, backoff: new DelegateBackoff(backoffMs) }), breaker, once) };
  policies.set(host, made);
  return made;
}

/** What the server asks for, else one second, two, four, each half by chance so that not all come back together. */
function backoffMs({ attempt, result }: IRetryBackoffContext<unknown>): number {
  const error = "error" in result ? result.error : null;
  const asked = error instanceof SourceBusy ? error.waitMs : null;
  const own = 2 ** (attempt - 1) * 1_000;
  return Math.min(longestWaitMs, (asked ?? own / 2) + (Math.random() * own) / 2);
}

/** Whether an error says that a source couldn't be reached, rather than that it has changed. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof SourceBusy || error instanceof SourceResting || error instanceof OutboundFailed || error instanceof OutboundRefused;
}
