import { z } from "zod";
import { bytesResponse, textResponse } from "./api-response.ts";
import { checkResult } from "./check-result.ts";
import { entityTag, matchesTag } from "./conditional.ts";
import type { AuthName } from "./authenticate.ts";
import { downloadAnswer } from "./download.ts";
import {
  type Declared,
  type DeclaredResult,
  type DownloadResult,
  type FormatResult,
  isByFormat,
  isDownload,
  isRaw,
  type Operation,
  type OptionalSchema,
  type RouteContext,
  type RouteHandler,
  type RouteInput,
  type SuccessStatus,
} from "./operation.ts";
import { keepAnswer, keptAnswer } from "./kept-answers.ts";
import { serve } from "./serve.ts";

export { byFormat, download, raw } from "./operation.ts";

const encoder = new TextEncoder();

type Returned<Result> = Result extends z.ZodType
  ? z.input<Result>
  : Result extends FormatResult<infer Json>
    ? z.input<Json> | AsyncIterable<string>
    : Result extends DownloadResult
      ? AsyncIterable<string>
      : string;

/** What is written of a result: what its schema makes of it. */
type WrittenBy<Result> = Result extends z.ZodType ? z.output<Result> : Result extends FormatResult<infer Json> ? z.output<Json> : never;

export interface RouteDeclaration<
  Params extends OptionalSchema,
  Query extends OptionalSchema,
  Body extends OptionalSchema,
  Result extends DeclaredResult,
  Auth extends AuthName,
> extends Declared<Params, Query, Body, Auth> {
  /**
   * Schema of the JSON answer; raw(contentType) for text of another type; download(contentType, filename) for a file that
   * is written while it is read: `handle` returns its pieces, each some kilobytes, and `signal` also aborts when the
   * reader leaves midway; byFormat(schema, files) for either, as the query's `format` says.
   */
  result: Result;
  /** 200 unless given; 204 sends no body. */
  status?: SuccessStatus;
  handle: (input: RouteInput<Params, Query, Body, Auth>) => Promise<Returned<Result>> | Returned<Result>;
  /** Writes a JSON result where that is quicker than by JSON.stringify: the same bytes. */
  write?: (result: WrittenBy<Result>) => Uint8Array<ArrayBuffer>;
  /**
   * Names the version of what `handle` would return, cheaply: a client that holds it already gets 304, and `handle`
   * isn't run. It must change with everything the answer depends on, the principal included.
   */
  etag?: (input: RouteInput<Params, Query, Body, Auth>) => Promise<string> | string;
  /** Holds JSON answers in memory by their `etag`: one that somebody has asked for isn't made again. */
  kept?: boolean;
  /** For how many seconds anybody may keep the answer without asking again; 0 to always ask. Of anonymous requests alone. */
  cacheSeconds?: (input: RouteInput<Params, Query, Body, Auth>) => number;
  /** True when the result says that the service can't be used now: it is answered with 503 instead of `status`. */
  unavailable?: (result: Returned<Result>) => boolean;
}

/**
 * A route handler that runs the whole chain (serve.ts) around `handle` and carries its declaration for OpenAPI.
 * `handle` throws AppError for whatever it can't do; anything else it throws is answered as INTERNAL.
 */
export function route<
  Result extends DeclaredResult,
  Params extends OptionalSchema = undefined,
  Query extends OptionalSchema = undefined,
  Body extends OptionalSchema = undefined,
  const Auth extends AuthName = AuthName,
>(declaration: RouteDeclaration<Params, Query, Body, Result, Auth>): RouteHandler {
  const { handle, write, etag, kept = false, cacheSeconds, unavailable, ...declared } = declaration;
  const writer = write as ((result: unknown) => Uint8Array<ArrayBuffer>) | undefined;
  const operation: Operation = {
    ...declared,
    status: declared.status ?? 200,
    errors: declared.errors ?? [],
    conditional: etag !== undefined,
    mayBeUnavailable: unavailable !== undefined,
  };

  const handler = (request: Request, context?: RouteContext) =>
    serve(operation, request, context, async (anyInput, { route: label }) => {
      const input = anyInput as unknown as RouteInput<Params, Query, Body, Auth>;
      const file = fileOf(operation, anyInput.query);
      if (file) return downloadAnswer(file, request, (signal) => handle({ ...input, signal }) as PromiseLike<AsyncIterable<string>>);
      const headers = etag ? revalidated(await etag(input), input.principal.kind, cacheSeconds?.(input) ?? 0) : new Headers();
      if (matchesTag(request.headers.get("if-none-match"), headers.get("etag"))) {
        return { response: new Response(null, { status: 304, headers }) };
      }
      const tag = kept ? headers.get("etag") : null;
      const known = tag === null ? undefined : keptAnswer(label, tag);
      if (known) return { response: bytesResponse(known, "application/json", operation.status, headers) };
      const result = await handle(input);
      const status = unavailable?.(result) ? 503 : operation.status;
      return { response: respond(operation, status, result, label, headers, tag, writer) };
    });
  return Object.assign(handler, { operation });
}

/** Lets a client keep the answer but ask each time, or after so many seconds; one for somebody signed in is kept nowhere. */
function revalidated(version: string, principalKind: string, seconds: number): Headers {
  const kept = seconds > 0 ? `public, max-age=${seconds}` : "no-cache";
  return new Headers({ etag: entityTag(version), "cache-control": principalKind === "anonymous" ? kept : "no-store" });
}

/** The file that the result is written as, if it is one. */
function fileOf({ result: declared }: Operation, query: unknown): DownloadResult | null {
  if (declared && isDownload(declared)) return declared;
  if (!declared || !isByFormat(declared)) return null;
  const asked = z.looseObject({ format: z.string() }).safeParse(query);
  const file = asked.success && Object.hasOwn(declared.files, asked.data.format) ? declared.files[asked.data.format] : undefined;
  return asked.success && file ? { kind: "download", contentType: file.contentType, filename: file.filename(asked.data) } : null;
}

function respond(operation: Operation, status: number, result: unknown, label: string, headers: Headers, tag: string | null, write = (checked: unknown) => encoder.encode(JSON.stringify(checked))) {
  const { result: declaration } = operation;
  const declared = declaration && isByFormat(declaration) ? declaration.json : declaration;
  if (declared && isDownload(declared)) throw new Error("A download is answered piece by piece");
  if (declared && isRaw(declared)) return textResponse(String(result), declared.contentType, status, headers);
  const checked = declared ? checkResult(declared, result, label) : undefined;
  if (status === 204) return new Response(null, { status, headers });
  const body = write(checked);
  if (tag !== null && status === operation.status) keepAnswer(label, tag, body);
  return bytesResponse(body, "application/json", status, headers);
}
