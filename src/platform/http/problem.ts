import { z } from "zod";
import { type AppError, type ErrorCode, errorCodes, isAppError } from "#lib/errors.ts";
import { apiHeaders, textResponse } from "./api-response.ts";

interface ProblemKind {
  status: number;
  title: string;
  /** Said when the error that was thrown brings no sentence of its own. */
  detail: string;
}

/** What each code means in HTTP. The only place that knows status numbers of errors. */
export const problemKinds: Record<ErrorCode, ProblemKind> = {
  INVALID_REQUEST: {
    status: 400,
    title: "The request is not valid",
    detail: "Some part of the request is missing or malformed. Compare it with the API reference.",
  },
  UNAUTHENTICATED: {
    status: 401,
    title: "Credentials are missing or not valid",
    detail: "Sign in, or send a valid key in the Authorization header.",
  },
  SAFETY_BLOCKED: {
    status: 403,
    title: "The request was blocked by the safety policy",
    detail: "The text asks for something Tieline does not help with. Rephrase the request.",
  },
  ADMIN_FORBIDDEN: {
    status: 403,
    title: "Administrators only",
    detail: "Sign in as an administrator whose role allows this.",
  },
  TENANT_FORBIDDEN: {
    status: 403,
    title: "Not allowed in this organisation",
    detail: "Switch to an organisation you belong to, or ask its owner for access.",
  },
  CSRF_FAILED: {
    status: 403,
    title: "The request did not come from this site",
    detail: "Reload the page and try again. Programs send an API key instead of cookies.",
  },
  NOT_FOUND: { status: 404, title: "Not found", detail: "Nothing exists at this address, or it is not yours to see." },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: "Method not allowed",
    detail: "This address exists, but not with this method. See the API reference.",
  },
  CONFLICT: {
    status: 409,
    title: "Conflict with the current state",
    detail: "Something else changed or already exists. Reload it and try again.",
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: "The body is too large",
    detail: "Send a smaller body, or split it over several requests.",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: "The body has an unsupported type",
    detail: "Send JSON in UTF-8 with Content-Type: application/json.",
  },
  RATE_LIMITED: {
    status: 429,
    title: "Too many requests",
    detail: "Wait for the seconds given in Retry-After, then try again.",
  },
  BUDGET_EXCEEDED: {
    status: 429,
    title: "The budget is used up",
    detail: "Wait until the budget renews, or ask its owner to raise it.",
  },
  CONSENT_REQUIRED: {
    status: 451,
    title: "Consent is required",
    detail: "This data is under Indigenous data governance. Its use needs a recorded consent.",
  },
  LLM_DISABLED: {
    status: 503,
    title: "Language models are switched off",
    detail: "An administrator switched this feature off. Try again later.",
  },
  UPSTREAM_UNAVAILABLE: {
    status: 503,
    title: "A service Tieline depends on does not answer",
    detail: "Try again in a moment.",
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    title: "The database does not answer",
    detail: "Try again in a moment.",
  },
  INTERNAL: {
    status: 500,
    title: "Something went wrong on our side",
    detail: "Try again. If it keeps failing, report it with the request id.",
  },
};

export const FieldProblem = z.object({
  /** JSON path such as `questions.3`, "" for the whole. */
  path: z.string(),
  message: z.string(),
});

/** An error response, as RFC 9457 (Problem Details for HTTP APIs) defines it, with `code` and `requestId` added. */
export const Problem = z.object({
  /** Where the code is explained, relative to the application's origin. */
  type: z.string(),
  title: z.string(),
  status: z.number().int().min(400).max(599),
  code: z.enum(errorCodes),
  detail: z.string(),
  requestId: z.uuid(),
  /** After how many seconds it may go well, as the Retry-After header says where there are headers. */
  retryAfterSeconds: z.number().int().min(1).optional(),
  errors: z.array(FieldProblem).optional(),
});
export type Problem = z.infer<typeof Problem>;

export const problemContentType = "application/problem+json";

/**
 * The code under which an error is answered. Anything but an AppError counts as INTERNAL.
 */
export function codeOf(error: unknown): ErrorCode {
  return isAppError(error) ? error.code : "INTERNAL";
}

/** The problem document of an error. Of an error that no one meant to show, it holds nothing but the request id. */
export function problemOf(error: unknown, requestId: string): Problem {
  const shown = shownError(error);
  const code = shown?.code ?? "INTERNAL";
  const { status, title, detail } = problemKinds[code];
  const retryAfterSeconds = shown?.retryAfterSeconds ?? (status === 429 ? 60 : undefined);
  return {
    type: `/help/api-errors#${code.toLowerCase().replaceAll("_", "-")}`,
    title,
    status,
    code,
    detail: shown?.detail ?? detail,
    requestId,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds: Math.max(1, Math.ceil(retryAfterSeconds)) }),
    ...(shown?.errors?.length ? { errors: shown.errors } : {}),
  };
}

/** The response to an error: its problem document, never cached. `Retry-After` is in seconds; a 429 always has it. */
export function problemResponse(error: unknown, requestId: string): Response {
  const problem = problemOf(error, requestId);
  const headers = apiHeaders(requestId);
  if (problem.retryAfterSeconds !== undefined) headers.set("retry-after", String(problem.retryAfterSeconds));
  // RFC 9110, section 11.6.1: a 401 names the scheme to authenticate with.
  if (problem.status === 401) headers.set("www-authenticate", 'Bearer realm="tieline"');
  return textResponse(JSON.stringify(problem), problemContentType, problem.status, headers);
}

/** Ends the request of a client that left before its answer: nobody reads it, and it is no error of ours. */
export function clientClosedResponse(requestId: string): Response {
  return new Response(null, { status: 499, headers: apiHeaders(requestId) });
}

function shownError(error: unknown): AppError | null {
  return isAppError(error) && error.code !== "INTERNAL" ? error : null;
}
