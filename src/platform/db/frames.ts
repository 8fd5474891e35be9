import { deserialize, serialize } from "node:v8";
import type { Socket } from "node:net";

const headerBytes = 4;
const maxFrameBytes = 64 * 1024 * 1024;

/** Writes one value (structured-cloneable: dates, big integers and bytes survive) with its length in front. */
export function writeFrame<T>(socket: Socket, value: T): void {
  const body = serialize(value);
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(body.length);
  if (!socket.destroyed) socket.write(Buffer.concat([header, body]));
}

/** Reads frames one after the other. Both ends are this program under one user: the values are trusted, not parsed. */
export class FrameReader<T> {
  readonly #socket: Socket;
  #buffer = Buffer.alloc(0);
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (data) => {
      this.#buffer = Buffer.concat([this.#buffer, data]);
      this.#wake?.();
    });
    socket.on("close", () => {
      this.#ended = true;
      this.#wake?.();
    });
  }

  /** The next value, or undefined once the connection has closed or nothing came for `timeoutMs`. */
  async next(timeoutMs?: number): Promise<T | undefined> {
    const deadline = timeoutMs === undefined ? Infinity : Date.now() + timeoutMs;
    for (;;) {
      const value = this.#take();
      if (value !== undefined) return value;
      if (this.#ended) return undefined;
      if (!(await this.#more(deadline - Date.now()))) return undefined;
    }
  }

  #take(): T | undefined {
    if (this.#buffer.length < headerBytes) return undefined;
    const length = this.#buffer.readUInt32BE();
    if (length > maxFrameBytes) {
      this.#socket.destroy();
      this.#ended = true;
      return undefined;
    }
    if (this.#buffer.length < headerBytes + length) return undefined;
    const body = this.#buffer.subarray(headerBytes, headerBytes + length);
    this.#buffer = this.#buffer.subarray(headerBytes + length);
    return deserialize(body) as T;
  }

  /** False when the time ran out. */
  #more(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = withinMs === Infinity ? undefined : setTimeout(() => done(false), Math.max(0, withinMs));
      const done = (came: boolean) => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve(came);
      };
      this.#wake = () => done(true);
    });
  }
}
