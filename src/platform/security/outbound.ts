import { lookup } from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { pipeline, type Duplex, type Readable } from "node:stream";
import { isPublicAddress } from "#lib/public-address.ts";
import { version } from "#platform/observability/version.ts";
import { environment } from "#platform/config/environment.ts";

export interface OutboundRequest {
  headers?: Record<string, string>;
  /** For the whole of it, redirects and body included. */
  timeoutMs: number;
  /** Of the body, unpacked. */
  maxBytes: number;
  /** Hosts that may be asked over plain http, since they have no https. */
  plainHttpHosts?: readonly string[];
  signal?: AbortSignal;
}

export interface OutboundResponse {
  status: number;
  /** Where the redirects led. */
  url: string;
  header: (name: string) => string | undefined;
  bytes: Uint8Array;
}

/** Why nothing was asked: the address isn't one that this application may call. */
export class OutboundRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "OutboundRefused";
  }
}

/** What went wrong on the way: worth another try. */
export class OutboundFailed extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "OutboundFailed";
  }
}

const redirectsAtMost = 5;
const redirects = new Set([301, 302, 303, 307, 308]);
const userAgent = `Tieline/${version}`;

/**
 * GETs a document from the public internet. Https only, or plain http where the caller says that a host has no other;
 * never an address of a private network, at any redirect: a name is resolved once, checked, and the connection made to
 * the very address that was checked. OUTBOUND_ALLOWED_HOSTS names exceptions. Credentials in headers don't follow a
 * redirect to another host. Throws OutboundRefused, or OutboundFailed for whatever the network or the server broke: a body
 * that is shorter than announced or longer than allowed included.
 */
export async function fetchOutbound(address: string, request: OutboundRequest): Promise<OutboundResponse> {
  const signal = AbortSignal.any([AbortSignal.timeout(request.timeoutMs), ...(request.signal ? [request.signal] : [])]);
  let url = parsed(address);
  let headers = request.headers ?? {};
  for (let hop = 0; hop <= redirectsAtMost; hop += 1) {
    const response = await once(url, { ...request, headers, signal });
    const location = redirects.has(response.status) ? response.header("location") : undefined;
    if (location === undefined) return response;
    const next = parsed(location, url);
    if (next.host !== url.host) headers = Object.fromEntries(Object.entries(headers).filter(([name]) => /^(accept|if-)/i.test(name)));
    url = next;
  }
  throw new OutboundFailed(`${address} redirects more than ${redirectsAtMost} times`);
}

function parsed(text: string, base?: URL): URL {
  if (!URL.canParse(text, base)) throw new OutboundRefused(`${JSON.stringify(text.slice(0, 200))} is no address: give one that begins with https://`);
  return new URL(text, base);
}

async function once(url: URL, { headers = {}, maxBytes, plainHttpHosts = [], signal }: OutboundRequest & { signal: AbortSignal }): Promise<OutboundResponse> {
  const exempt = (environment().OUTBOUND_ALLOWED_HOSTS ?? []).includes(url.host);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && (exempt || plainHttpHosts.includes(url.hostname)))) {
    throw new OutboundRefused(`${url.protocol}//${url.host} isn't https, and nothing else is called: give an address that begins with https://. An http server that you run may be named in OUTBOUND_ALLOWED_HOSTS.`);
  }
  if (url.username !== "" || url.password !== "") throw new OutboundRefused(`${url.origin}: an address with credentials in it isn't called. Leave the name and password out of it.`);
  const pinned = await resolve(url.hostname.replace(/^\[|\]$/g, ""), exempt);
  return new Promise((answer, refuse) => {
    const fail = (cause: unknown) => refuse(signal.aborted ? timeoutOf(url, signal) : new OutboundFailed(`${url.origin} can't be read: ${cause instanceof Error ? cause.message : "unknown"}`, { cause }));
    const client = url.protocol === "https:" ? https : http;
    const call = client.get(url, {
      headers: { "user-agent": userAgent, accept: "*/*", "accept-encoding": "gzip, br, deflate", ...headers },
      signal,
      agent: false,
      lookup: (_name, options, done) => (options.all ? done(null, [pinned]) : done(null, pinned.address, pinned.family)),
    }, (response) => {
      bodyOf(response, maxBytes).then((bytes) => {
        const header = (name: string) => {
          const value = response.headers[name];
          return Array.isArray(value) ? value[0] : value;
        };
        answer({ status: response.statusCode ?? 0, url: url.href, header, bytes });
      }, fail);
    });
    call.on("error", fail);
  });
}

async function resolve(host: string, exempt: boolean): Promise<{ address: string; family: number }> {
  let found: { address: string; family: number }[];
  try {
    found = isIP(host) > 0 ? [{ address: host, family: isIP(host) }] : await lookup(host, { all: true });
  } catch (cause) {
    throw new OutboundFailed(`${host} can't be found`, { cause });
  }
  // All of them: a name that also leads inside is nobody's to trust.
  if (!exempt && !found.every(({ address }) => isPublicAddress(address))) throw new OutboundRefused(`${host} leads into a private network, which isn't called. A host that you run may be named, with its port, in OUTBOUND_ALLOWED_HOSTS.`);
  const [first] = found;
  if (!first) throw new OutboundFailed(`${host} has no address`);
  return first;
}

/** The body, unpacked. Node itself fails on one that ends before its announced length. */
async function bodyOf(response: http.IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of unpacked(response) as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      response.destroy();
      throw new Error(`it has more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  if (!response.complete) throw new Error("the connection ended in the middle");
  return Buffer.concat(chunks);
}

function unpacked(response: http.IncomingMessage): Readable {
  switch (response.headers["content-encoding"]) {
    case "gzip":
      return through(response, createGunzip());
    case "br":
      return through(response, createBrotliDecompress());
    case "deflate":
      return through(response, createInflate());
    default:
      return response;
  }
}

/** Whoever reads the second stream hears of the errors of both. */
function through(source: Readable, unpack: Duplex): Readable {
  pipeline(source, unpack, () => undefined);
  return unpack;
}

function timeoutOf(url: URL, signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  if (reason instanceof DOMException && reason.name === "TimeoutError") return new OutboundFailed(`${url.origin} didn't answer in time`);
  return reason instanceof Error ? reason : new Error("Aborted");
}
