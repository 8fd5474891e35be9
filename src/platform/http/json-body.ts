import { AppError } from "#lib/errors.ts";

export const maxBodyBytes = 256 * 1024;
export const maxBodyDepth = 32;

/**
 * The bytes of a request's body. Throws BODY_TOO_LARGE as soon as more than `maxBytes` are announced or have come, and
 * INVALID_REQUEST when fewer came than Content-Length announced: a proxy may cut a body off without an error.
 */
export async function readBody(request: Request, maxBytes = maxBodyBytes): Promise<Uint8Array> {
  const announced = announcedLength(request.headers);
  const tooLarge = () => new AppError("BODY_TOO_LARGE", { detail: `Send a body of at most ${maxBytes} bytes.` });
  if (announced !== null && announced > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of received(request)) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  if (announced !== null && size < announced) throw cutOff();
  return Buffer.concat(chunks);
}

/**
 * The JSON value in a body; undefined for an empty one, so that its schema says whether it may be left out. Throws
 * UNSUPPORTED_MEDIA_TYPE for anything but uncompressed application/json in UTF-8, and INVALID_REQUEST for what is not
 * JSON or is nested deeper than `maxDepth`.
 */
export function decodeJson(bytes: Uint8Array, headers: Headers, maxDepth = maxBodyDepth): unknown {
  if (bytes.byteLength === 0) return undefined;
  if (!isPlainJson(headers)) throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  const value = parse(bytes);
  if (isDeeperThan(maxDepth, value)) {
    throw new AppError("INVALID_REQUEST", { detail: `Send JSON nested at most ${maxDepth} levels deep.` });
  }
  return value;
}

function announcedLength(headers: Headers): number | null {
  const length = headers.get("content-length");
  return length !== null && /^\d+$/.test(length) ? Number(length) : null;
}

async function* received(request: Request): AsyncGenerator<Uint8Array> {
  try {
    if (request.body) yield* request.body;
  } catch (cause) {
    throw cutOff(cause);
  }
}

function cutOff(cause?: unknown): AppError {
  return new AppError("INVALID_REQUEST", {
    detail: "The body ended before its announced length. Send it again.",
    cause,
  });
}

function isPlainJson(headers: Headers): boolean {
  const encoding = headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") return false;
  return /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?$/i.test((headers.get("content-type") ?? "").trim());
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError("INVALID_REQUEST", { detail: "The body is not valid JSON in UTF-8.", cause });
  }
}

/** Level by level rather than recursively: how deep it goes is what is not yet known. */
function isDeeperThan(maxDepth: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; ; depth += 1) {
    level = level.filter((item) => typeof item === "object" && item !== null);
    if (level.length === 0) return false;
    if (depth === maxDepth) return true;
    level = level.flatMap((item) => Object.values(item as object) as unknown[]);
  }
}
