import type { ErrorCode } from "#lib/errors.ts";
import { authenticators } from "./authenticate.ts";
import type { JsonSchema, SchemaWriter } from "./openapi-schemas.ts";
import { isByFormat, isDownload, isRaw, type Operation, type SuccessStatus } from "./operation.ts";
import { Problem, problemContentType, problemKinds } from "./problem.ts";
import { eventStreamContentType } from "./sse.ts";

type Content = Record<string, { schema: JsonSchema }>;

export interface OpenApiResponse {
  description: string;
  headers?: Record<string, JsonSchema>;
  content?: Content;
}

const successTitles: Record<SuccessStatus, string> = { 200: "OK", 201: "Created", 202: "Accepted", 204: "No content" };

/** The headers that responses refer to, as OpenAPI components. */
export const headerComponents: Record<string, JsonSchema> = {
  "X-Request-Id": {
    description: "Names this request in logs and error reports",
    schema: { type: "string", format: "uuid" },
  },
  "X-RateLimit-Limit": { description: "Requests allowed per window", schema: { type: "integer" } },
  "X-RateLimit-Remaining": { description: "Requests left", schema: { type: "integer" } },
  "X-RateLimit-Reset": { description: "When the window ends, in epoch seconds", schema: { type: "integer" } },
  "RateLimit-Policy": { description: 'The limit, as `"default";q=100;w=60`', schema: { type: "string" } },
  RateLimit: { description: 'What is left of it, as `"default";r=50;t=30`', schema: { type: "string" } },
  "Retry-After": { description: "Seconds to wait before trying again", schema: { type: "integer", minimum: 1 } },
  "Content-Disposition": { description: "Name of the file to save", schema: { type: "string" } },
  ETag: { description: "Version of the answer, for If-None-Match", schema: { type: "string" } },
};

/** Every response an operation can give, by status: its result, and the problems of the chain and of `handle`. */
export function responsesOf(
  operation: Operation,
  method: string,
  writer: SchemaWriter,
): Record<string, OpenApiResponse> {
  const headers = headersOf(operation);
  const content = successContent(operation, writer);
  const saved = operation.result !== undefined && (isDownload(operation.result) || isByFormat(operation.result));
  const successHeaders = saved ? { ...headers, ...references("Content-Disposition") } : headers;
  const responses: Record<string, OpenApiResponse> = {
    [operation.status]: { description: successTitles[operation.status], headers: successHeaders, ...(content ? { content } : {}) },
  };
  if (operation.conditional)
    responses[304] = { description: "Not modified: the version in If-None-Match is current", headers };
  for (const [status, codes] of Map.groupBy(codesOf(operation, method), (code) => problemKinds[code].status)) {
    const unavailable = status === 503 && operation.mayBeUnavailable ? content : undefined;
    responses[status] = {
      description: codes.map((code) => `\`${code}\`: ${problemKinds[code].title}`).join("\n\n"),
      headers: codes.includes("RATE_LIMITED") ? { ...headers, ...references("Retry-After") } : headers,
      content: { ...unavailable, [problemContentType]: { schema: writer.write(Problem, "output") } },
    };
  }
  return responses;
}

/** The error codes an operation can answer with, in the order of the chain. */
export function codesOf(operation: Operation, method: string): ErrorCode[] {
  const { auth, limit, params, body, errors } = operation;
  const codes: ErrorCode[] = [...authenticators[auth].failures, ...errors, "INVALID_REQUEST", "INTERNAL", "DATABASE_UNAVAILABLE"];
  if (body) codes.push("BODY_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE");
  if (params) codes.push("NOT_FOUND");
  if (limit !== "none") codes.push("RATE_LIMITED");
  if (method !== "GET") codes.push("CSRF_FAILED");
  return [...new Set(codes)];
}

function headersOf({ limit, conditional }: Operation): Record<string, JsonSchema> {
  const limits = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "RateLimit-Policy", "RateLimit"];
  return references("X-Request-Id", ...(limit === "none" ? [] : limits), ...(conditional ? ["ETag"] : []));
}

function references(...names: string[]): Record<string, JsonSchema> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

function successContent({ result, status, events }: Operation, writer: SchemaWriter): Content | null {
  if (status === 204) return null;
  const content: Content = {};
  if (result && isByFormat(result)) {
    content["application/json"] = { schema: writer.write(result.json, "output") };
    for (const { contentType } of Object.values(result.files)) content[contentType] = { schema: { type: "string" } };
  } else if (result && (isRaw(result) || isDownload(result))) content[result.contentType] = { schema: { type: "string" } };
  else if (result) content["application/json"] = { schema: writer.write(result, "output") };
  if (events) content[eventStreamContentType] = { schema: eventSchema(events, writer) };
  return content;
}

/** OpenAPI 3.1 has no word for a sequence of events, so the schema describes one of them, its data already parsed. */
function eventSchema(events: NonNullable<Operation["events"]>, writer: SchemaWriter): JsonSchema {
  const variants = Object.entries({ ...events, error: Problem }).map(([name, data]) => ({
    type: "object",
    title: name,
    properties: {
      event: { const: name },
      id: { type: "string", description: "Position in the stream, from 1" },
      data: writer.write(data, "output"),
    },
    required: ["event", "id", "data"],
  }));
  const names = variants.map(({ title }) => `\`${title}\``).join(", ");
  return {
    description: `One server-sent event of the stream: ${names}. \`data\` is JSON on one line.`,
    oneOf: variants,
  };
}
