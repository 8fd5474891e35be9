import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { problemResponse } from "./problem.ts";

/** Operations by path template and lower-case method, as in an OpenAPI document. */
export type KnownPaths = Record<string, Record<string, unknown>>;

export interface Refusal {
  error: AppError;
  /** Methods that the path answers, for `Allow`. */
  allow?: string[];
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * What Next would answer with a bare 500 or an empty 405: a path that isn't percent-encoded UTF-8, an unusual method, a
 * method that a path of the API doesn't answer. Undefined for everything else, unknown paths included.
 */
export function refusalOf(request: Pick<IncomingMessage, "method" | "url">, paths: KnownPaths): Refusal | undefined {
  const method = request.method ?? "GET";
  const path = decoded(request.url ?? "/");
  if (path === undefined) {
    return { error: new AppError("INVALID_REQUEST", { detail: "The address isn't encoded correctly (percent-encoded UTF-8)." }) };
  }
  if (!methods.has(method)) return { error: notAllowed(method), allow: [...methods] };
  const operations = operationsAt(path, paths);
  if (operations === undefined || method === "OPTIONS") return undefined;
  const allow = Object.keys(operations).map((name) => name.toUpperCase());
  if (allow.includes("GET")) allow.push("HEAD");
  return allow.includes(method) ? undefined : { error: notAllowed(method), allow };
}

/** Answers with the problem document. */
export function sendRefusal(response: ServerResponse, { error, allow }: Refusal): void {
  const requestId = newId();
  const problem = problemResponse(error, requestId);
  for (const [name, value] of problem.headers) response.setHeader(name, value);
  if (allow) response.setHeader("allow", allow.join(", "));
  response.statusCode = problem.status;
  void problem.text().then((text) => response.end(text));
}

function notAllowed(method: string): AppError {
  return new AppError("METHOD_NOT_ALLOWED", { detail: `This address doesn't answer ${method}. The Allow header says what it does.` });
}

function decoded(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split("?", 1)[0] ?? "/");
  } catch {
    return undefined;
  }
}

/** A literal path before a template: /api/help/search is not the entry "search". */
function operationsAt(path: string, paths: KnownPaths): Record<string, unknown> | undefined {
  if (Object.hasOwn(paths, path)) return paths[path];
  const parts = path.split("/");
  const matches = (template: string) => {
    const pattern = template.split("/");
    return pattern.length === parts.length && pattern.every((part, i) => part.startsWith("{") || part === parts[i]);
  };
  const template = Object.keys(paths).find((candidate) => candidate.includes("{") && matches(candidate));
  return template === undefined ? undefined : paths[template];
}
