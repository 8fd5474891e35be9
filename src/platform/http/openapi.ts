import type { z } from "zod";
import { authenticators, securitySchemes } from "./authenticate.ts";
import { headerComponents, type OpenApiResponse, responsesOf } from "./openapi-responses.ts";
import { type JsonSchema, schemaWriter, type SchemaWriter } from "./openapi-schemas.ts";
import type { Operation } from "./operation.ts";
import { Problem } from "./problem.ts";

/** An operation at its place: `path` as the route file's folder says it, such as `/api/help/[id]`. */
export interface PlacedOperation {
  path: string;
  /** HTTP method, upper case. */
  method: string;
  operation: Operation;
}

export interface DocumentInfo {
  title: string;
  version: string;
  description?: string;
  /** Schemas to appear as components, by the name they are exported under. */
  schemas?: Readonly<Record<string, z.ZodType>>;
}

export interface OpenApiParameter {
  name: string;
  in: "path" | "query";
  required: boolean;
  schema: JsonSchema;
}

export interface OpenApiOperation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: OpenApiParameter[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, OpenApiResponse>;
}

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: Record<"schemas" | "headers" | "securitySchemes", Record<string, JsonSchema>>;
}

/** The OpenAPI 3.1 document of the given operations, in an order that doesn't depend on theirs. */
export function openApiDocument(
  operations: readonly PlacedOperation[],
  { schemas, ...info }: DocumentInfo,
): OpenApiDocument {
  const writer = schemaWriter({ ...schemas, Problem });
  const paths: OpenApiDocument["paths"] = {};
  for (const placed of operations.toSorted(byPlace)) {
    const item = (paths[templateOf(placed.path)] ??= {});
    item[placed.method.toLowerCase()] = operationObject(placed, writer);
  }
  return {
    openapi: "3.1.0",
    info,
    paths,
    components: { schemas: writer.components(), headers: headerComponents, securitySchemes },
  };
}

/** A stable name for generated clients: `GET /api/help/[id]` is getHelpById. */
export function operationIdOf(method: string, path: string): string {
  const words = templateOf(path)
    .replace(/^\/api(?=\/|$)/, "")
    .replaceAll("{", "by-")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** Next's folder names as an OpenAPI path template: `[id]` is `{id}`, and so are `[...id]` and `[[...id]]`. */
function templateOf(path: string): string {
  return path.replace(/\[{1,2}(?:\.\.\.)?([^\]]+)\]{1,2}/g, "{$1}");
}

function byPlace(a: PlacedOperation, b: PlacedOperation): number {
  return `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`, "en");
}

function operationObject({ path, method, operation }: PlacedOperation, writer: SchemaWriter): OpenApiOperation {
  const { summary, description, body } = operation;
  const parameters = [...pathParameters(path, operation, writer), ...queryParameters(operation, writer)];
  return {
    operationId: operationIdOf(method, path),
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [path.split("/")[2] ?? "api"],
    security: securityOf(operation),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: requestBody(body, writer) } : {}),
    responses: responsesOf(operation, method, writer),
  };
}

function requestBody(body: z.ZodType, writer: SchemaWriter): NonNullable<OpenApiOperation["requestBody"]> {
  const required = !body.safeParse(undefined).success;
  return { required, content: { "application/json": { schema: writer.write(body, "input") } } };
}

function pathParameters(path: string, { params }: Operation, writer: SchemaWriter): OpenApiParameter[] {
  const schemas = params ? propertiesOf(params, writer) : {};
  return Array.from(templateOf(path).matchAll(/\{([^}]+)\}/g), ([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: schemas[name] ?? { type: "string" },
  }));
}

function queryParameters({ query }: Operation, writer: SchemaWriter): OpenApiParameter[] {
  if (!query) return [];
  const { required } = writer.inline(query, "input");
  return Object.entries(propertiesOf(query, writer)).map(([name, schema]) => ({
    name,
    in: "query",
    required: Array.isArray(required) && required.includes(name),
    schema,
  }));
}

function propertiesOf(schema: z.ZodType, writer: SchemaWriter): Record<string, JsonSchema> {
  return (writer.inline(schema, "input").properties ?? {}) as Record<string, JsonSchema>;
}

/** Any one of these; an empty one stands for no credential. API keys are shown where they have a scope. */
function securityOf({ auth, scope }: Operation): OpenApiOperation["security"] {
  const schemes = authenticators[auth].schemes.filter((name) => name !== "apiKey" || scope !== undefined);
  const named = schemes.map((name): Record<string, string[]> => (name === "" ? {} : { [name]: [] }));
  return schemes.every((name) => name === "") ? [] : named;
}
