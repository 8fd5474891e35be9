import type { ProviderName } from "#domains/llm/schema.ts";

/** A vendor's answer with an error status, no connection, none in time, or a stream that can't be read. */
export type ProviderFailure = "status" | "connection" | "timeout" | "format";

export interface ProviderErrorOptions {
  provider: ProviderName;
  failure: ProviderFailure;
  status?: number;
  /** The vendor's own word for it, such as `rate_limit_exceeded`. */
  code?: string;
  /** What the vendor asks to wait. */
  retryAfterMs?: number;
}

/** Why a model gave no answer, without what a client's message may quote: key, address, prompt. */
export class ProviderError extends Error {
  readonly provider: ProviderName;
  readonly failure: ProviderFailure;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** Whether the same request may succeed a moment later. */
  readonly passing: boolean;

  constructor({ provider, failure, status, code, retryAfterMs }: ProviderErrorOptions) {
    super(messageOf(provider, failure, status, code));
    this.name = "ProviderError";
    this.provider = provider;
    this.failure = failure;
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.passing = failure === "connection" || (failure === "status" && (status === undefined || isPassing(status)));
  }
}

/** By its mark, not its class: policies that are kept for the whole process see errors of another bundle's copy. */
export function isProviderError(error: unknown): error is ProviderError {
  return error instanceof Error && error.name === "ProviderError" && "passing" in error && "failure" in error;
}

function isPassing(status: number): boolean {
  return status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;
}

function messageOf(provider: ProviderName, failure: ProviderFailure, status: number | undefined, code: string | undefined): string {
  if (failure === "status") return `${provider} answered with ${[status, code].filter((part) => part !== undefined).join(" ") || "an error"}`;
  if (failure === "timeout") return `${provider} gave no whole answer in time`;
  if (failure === "format") return `What ${provider} answered can't be read`;
  return `The connection to ${provider} failed`;
}

/** What a vendor's client threw, as a ProviderError. Clients are told apart by what their errors hold, not by class. */
export function providerErrorOf(provider: ProviderName, error: unknown): ProviderError {
  if (isProviderError(error)) return error;
  if (!(error instanceof Error)) return new ProviderError({ provider, failure: "connection" });
  const status = numberIn(error, "status");
  const code = codeOf(error);
  const retryAfterMs = retryAfterOf(error);
  if (status !== undefined || code !== undefined) {
    return new ProviderError({ provider, failure: "status", ...defined({ status: status ?? statusOf(code), code, retryAfterMs }) });
  }
  const unreadable = error instanceof SyntaxError || error.name === "ZodError" || error.name === "$ZodError" || /JSON/.test(error.message);
  return new ProviderError({ provider, failure: unreadable ? "format" : "connection" });
}

/** Errors that a vendor sends in the middle of a stream have a word but no status. */
function statusOf(code: string | undefined): number | undefined {
  if (code === undefined) return undefined;
  if (/rate_limit/.test(code)) return 429;
  if (/overloaded/.test(code)) return 529;
  return /invalid|authentication|permission|not_found|billing/.test(code) ? 400 : 500;
}

function codeOf(error: Error): string | undefined {
  // OpenAI's hold the inner object's fields; Anthropic's the whole body, with the word one level further down.
  const inner = fieldOf(fieldOf(error, "error"), "error");
  const words = [fieldOf(error, "code"), fieldOf(error, "type"), fieldOf(inner, "type")];
  // Codes in capitals are those of the system's own connection errors.
  return words.find((word): word is string => typeof word === "string" && /^[a-z][a-z0-9_.-]{1,63}$/.test(word));
}

function retryAfterOf(error: Error): number | undefined {
  const headers = fieldOf(error, "headers");
  if (headers instanceof Headers) {
    const exact = headers.get("retry-after-ms");
    if (exact !== null && /^\d{1,9}$/.test(exact)) return Number(exact);
    const asked = headers.get("retry-after");
    return asked === null ? undefined : waitOf(asked);
  }
  // Google asks in the body: {"@type": "…RetryInfo", "retryDelay": "34s"}.
  const details = fieldOf(error, "errorDetails");
  for (const detail of Array.isArray(details) ? details : []) {
    const delay = fieldOf(detail, "retryDelay");
    if (typeof delay === "string" && /^\d{1,6}(\.\d+)?s$/.test(delay)) return Math.ceil(Number.parseFloat(delay) * 1_000);
  }
  return undefined;
}

/** The milliseconds that a Retry-After header asks for: seconds, or a date (RFC 9110, section 10.2.3). */
function waitOf(retryAfter: string): number | undefined {
  if (/^\d{1,6}$/.test(retryAfter.trim())) return Number(retryAfter) * 1_000;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

function numberIn(value: unknown, name: string): number | undefined {
  const field = fieldOf(value, name);
  return typeof field === "number" ? field : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function defined<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Name in keyof T]?: Exclude<T[Name], undefined> };
}
