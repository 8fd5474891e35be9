import type { FieldError } from "./errors.ts";

/** What a failed request says of itself (RFC 9457), as the interface shows it. */
export interface Problem {
  title: string;
  status: number;
  code: string;
  detail?: string | undefined;
  requestId?: string | undefined;
  /** After how many seconds it may go well. */
  retryAfterSeconds?: number | undefined;
  /** What is wrong with parts of the request, by path. */
  errors?: FieldError[] | undefined;
}

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** Reads a problem from a parsed problem document; what isn't one becomes a problem of its own. */
export function toProblem(document: unknown, status = 0): Problem {
  const fields: Record<string, unknown> = typeof document === "object" && document !== null ? { ...document } : {};
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : undefined);
  return {
    title: text("title") ?? "The server couldn’t answer",
    status: typeof fields.status === "number" ? fields.status : status,
    code: text("code") ?? "INTERNAL",
    detail: text("detail"),
    requestId: text("requestId"),
    retryAfterSeconds: typeof fields.retryAfterSeconds === "number" ? fields.retryAfterSeconds : undefined,
    errors: Array.isArray(fields.errors) ? fields.errors.filter(isFieldError) : undefined,
  };
}

function isFieldError(value: unknown): value is FieldError {
  if (typeof value !== "object" || value === null || !("path" in value) || !("message" in value)) return false;
  return typeof value.path === "string" && typeof value.message === "string";
}

/** Answers the response when it succeeded and throws a ProblemError when not. */
export async function expectOk(response: Response): Promise<Response> {
  if (response.ok) return response;
  const document: unknown = await response.json().catch(() => undefined);
  const problem = toProblem(document, response.status);
  throw new ProblemError({ ...problem, requestId: problem.requestId ?? response.headers.get("X-Request-Id") ?? undefined });
}

/** The problem behind anything that a request can throw; without a response the connection failed. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    title: "The server couldn’t be reached",
    status: 0,
    code: "UNREACHABLE",
    detail: "The connection failed or broke off. Check the network, then try again.",
  };
}
