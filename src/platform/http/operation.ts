import type { z } from "zod";
import type { ErrorCode } from "#lib/errors.ts";
import type { ApiScope } from "#platform/auth/principal.ts";
import type { LimitName } from "#platform/security/limits.ts";
import type { AuthName, PrincipalOf } from "./authenticate.ts";
import type { PathParams } from "./route-label.ts";

export type SuccessStatus = 200 | 201 | 202 | 204;

/** A result that is text of some other type than JSON. */
export interface RawResult {
  readonly kind: "raw";
  readonly contentType: string;
}

/** Declares a result that `handle` returns as finished text. */
export function raw(contentType: string): RawResult {
  return { kind: "raw", contentType };
}

/** A result that is saved as a file, and written while it is read. */
export interface DownloadResult {
  readonly kind: "download";
  readonly contentType: string;
  readonly filename: string;
}

/** Declares a result that `handle` returns piece by piece; browsers save it under `filename` (ASCII, no quotes). */
export function download(contentType: string, filename: string): DownloadResult {
  return { kind: "download", contentType, filename };
}

/** A result that is JSON, or one of several files, as the query's `format` says. */
export interface FormatResult<Json extends z.ZodType = z.ZodType> {
  readonly kind: "by-format";
  readonly json: Json;
  readonly files: Readonly<Record<string, FileFormat>>;
}

/** A file of one format: `filename` (ASCII, no quotes) may tell what was asked for. */
export interface FileFormat {
  readonly contentType: string;
  readonly filename: (query: Record<string, unknown>) => string;
}

/**
 * Declares a result whose form the query's `format` chooses: unless it names one of `files`, the answer is JSON. `handle`
 * returns what the format needs: an object of the schema, or the file's pieces as download() has them.
 */
export function byFormat<Json extends z.ZodType>(json: Json, files: FormatResult["files"]): FormatResult<Json> {
  return { kind: "by-format", json, files };
}

export type DeclaredResult = z.ZodType | RawResult | DownloadResult | FormatResult;

/** True for a declaration made by raw(). */
export function isRaw(result: DeclaredResult): result is RawResult {
  return "kind" in result && result.kind === "raw";
}

/** True for a declaration made by download(). */
export function isDownload(result: DeclaredResult): result is DownloadResult {
  return "kind" in result && result.kind === "download";
}

/** True for a declaration made by byFormat(). */
export function isByFormat(result: DeclaredResult): result is FormatResult {
  return "kind" in result && result.kind === "by-format";
}

/** Named events of a stream, each with the schema of its data. */
export type EventSchemas = Readonly<Record<string, z.ZodType>>;

/** What a route declares about itself: the chain runs by it, and the OpenAPI document is written from it. */
export interface Operation {
  summary: string;
  description?: string;
  auth: AuthName;
  scope?: ApiScope;
  limit: LimitName;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  result?: DeclaredResult;
  status: SuccessStatus;
  events?: EventSchemas;
  /** Answers `If-None-Match`; files of byFormat() have no version. */
  conditional: boolean;
  /** The result may come with 503, as that of a readiness check does. */
  mayBeUnavailable: boolean;
  /** Codes that `handle` throws, beyond those the chain itself gives. */
  errors: readonly ErrorCode[];
  /** What a request with this body counts against the limit. */
  cost?: (body: never) => number;
}

/** What every declaration holds, of routes and of streams. */
export interface Declared<Params, Query, Body, Auth extends AuthName> {
  /** One line for the API reference: what a caller gets. */
  summary: string;
  description?: string;
  auth: Auth;
  /** What an API key must be allowed; unless given, keys are refused. */
  scope?: ApiScope;
  limit: LimitName;
  params?: Params;
  query?: Query;
  body?: Body;
  errors?: readonly ErrorCode[];
  /** What a request counts against the limit, 1 unless given: known once the body is parsed, the rest is taken then. */
  cost?: (body: Parsed<Body>) => number;
}

export type OptionalSchema = z.ZodType | undefined;

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What `handle` gets. `signal` aborts when the client leaves. */
export interface RouteInput<Params, Query, Body, Auth extends AuthName> {
  principal: PrincipalOf[Auth];
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
  request: Request;
  /** The client's address, as far as it can be known. */
  address: string;
  /** Adds a Set-Cookie value to the response. */
  setCookie: (cookie: string) => void;
  signal: AbortSignal;
}

/** The second argument of a Next route handler; absent when a test calls a route without parameters. */
export interface RouteContext {
  params: Promise<PathParams>;
}

/** A Next route handler that carries its declaration. */
export type RouteHandler = ((request: Request, context?: RouteContext) => Promise<Response>) & {
  readonly operation: Operation;
};
