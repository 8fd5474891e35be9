import { z } from "zod";
import { AppError, type FieldError } from "#lib/errors.ts";
import { findUnstorable } from "#lib/storable-text.ts";
import { fieldErrors } from "./field-errors.ts";
import { decodeJson } from "./json-body.ts";
import type { Operation } from "./operation.ts";
import type { PathParams } from "./route-label.ts";

export interface RawInput {
  params: PathParams;
  request: Request;
  /** The body as read, null when the operation has none. */
  bytes: Uint8Array | null;
}

export interface ParsedInput {
  params: unknown;
  query: unknown;
  body: unknown;
}

/** Of a route that declares no query. */
const NoQuery = z.strictObject({}).transform(() => undefined);

/**
 * Parses path parameters, query and body by the operation's schemas; what has none is undefined, and may have no parameter. Throws INVALID_REQUEST
 * with every error of all three, also for text that the database could not store, and what decodeJson throws.
 */
export function parseInput(operation: Operation, { params, request, bytes }: RawInput): ParsedInput {
  const errors: FieldError[] = [];
  const part = (schema: z.ZodType | undefined, value: () => unknown) => schema && parsePart(schema, value(), errors);
  const input = {
    params: part(operation.params, () => params),
    query: part(operation.query ?? NoQuery, () => queryOf(request.url)),
    body: part(operation.body, () => bytes && decodeJson(bytes, request.headers)),
  };
  if (errors.length > 0) {
    throw new AppError("INVALID_REQUEST", { detail: "Correct the fields listed under errors.", errors });
  }
  return input;
}

function parsePart(schema: z.ZodType, value: unknown, errors: FieldError[]): unknown {
  const unstorable = findUnstorable(value);
  if (unstorable) {
    errors.push({ path: unstorable.join("."), message: "Remove NUL characters and broken Unicode" });
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) errors.push(...fieldErrors(parsed.error));
  return parsed.data;
}

/** A name given once is text; one given several times a list, which a schema for text refuses. */
function queryOf(url: string): Record<string, string | string[]> {
  const { searchParams } = new URL(url);
  const names = new Set(searchParams.keys());
  return Object.fromEntries(
    Array.from(names, (name) => {
      const [first = "", ...more] = searchParams.getAll(name);
      return [name, more.length === 0 ? first : [first, ...more]];
    }),
  );
}
