/** Every code an error response can carry. Status numbers belong to platform/http/problem.ts. */
export const errorCodes = [
  "INVALID_REQUEST",
  "UNAUTHENTICATED",
  "SAFETY_BLOCKED",
  "ADMIN_FORBIDDEN",
  "TENANT_FORBIDDEN",
  "CSRF_FAILED",
  "NOT_FOUND",
  "METHOD_NOT_ALLOWED",
  "CONFLICT",
  "BODY_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "RATE_LIMITED",
  "BUDGET_EXCEEDED",
  "CONSENT_REQUIRED",
  "LLM_DISABLED",
  "UPSTREAM_UNAVAILABLE",
  "DATABASE_UNAVAILABLE",
  "INTERNAL",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** One problem with one part of a request: `path` is a JSON path such as `questions.3`, or "" for the whole. */
export interface FieldError {
  path: string;
  message: string;
}

export interface AppErrorOptions {
  /** A sentence for the person who reads the response: what happened, then what to do. */
  detail?: string;
  errors?: FieldError[];
  /** Seconds after which trying again makes sense. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

const brand = Symbol.for("tieline.app-error");

/** The one error that domains throw. Anything else that reaches a route is answered as INTERNAL without its text. */
export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly errors: FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ?? code, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.detail = options.detail;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** True for an AppError of any copy of this module: the process entry and the bundles each hold one. */
export function isAppError(error: unknown): error is AppError {
  return typeof error === "object" && error !== null && brand in error;
}
