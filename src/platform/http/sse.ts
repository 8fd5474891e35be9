export interface ServerSentEvent {
  event: string;
  /** What a client names to go on from here: the stream's own, or the position in it from 1. No line break. */
  id: number | string;
  data: unknown;
}

const encoder = new TextEncoder();

/** Media type of a stream of events; always UTF-8 (WHATWG HTML, section 9.2). */
export const eventStreamContentType = "text/event-stream";

/** One event as bytes of the stream. JSON holds no raw line breaks, so its data is always one line. */
export function encodeEvent({ event, id, data }: ServerSentEvent): Uint8Array {
  return encoder.encode(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** A comment, which clients ignore: it shows proxies, and us, that the connection still stands. */
export function encodeHeartbeat(): Uint8Array {
  return encoder.encode(":\n\n");
}
