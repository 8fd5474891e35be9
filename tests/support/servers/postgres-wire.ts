/** Just enough of Postgres's protocol to ask a server one question without a driver or psql. */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** What a server answered instead of a result; `code` is its SQLSTATE. */
export class PostgresError extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** The server hung up, with the `code` of a connection that was reset. */
class ClosedError extends Error {
  readonly code = "ECONNRESET";
}

/**
 * Runs SQL on a new connection and returns the rows as text (null becomes "").
 * @throws PostgresError, a connection error with Node's `code`, or an Error after `timeoutMs`.
 */
export async function queryPostgres(url: string, sql: string, timeoutMs = 10_000): Promise<string[][]> {
  const target = new URL(url);
  const user = decodeURIComponent(target.username) || "postgres";
  const password = decodeURIComponent(target.password);
  const database = decodeURIComponent(target.pathname.slice(1)) || user;
  const abort = AbortSignal.timeout(timeoutMs);
  const socket = await open(target, abort);
  const stop = () => socket.destroy(new Error(`No answer within ${timeoutMs / 1000} s`));
  abort.addEventListener("abort", stop);
  try {
    const messages = readMessages(socket);
    socket.write(frame("", Buffer.concat([int32(196608), text("user"), text(user), text("database"), text(database), Buffer.from([0])])));
    await authenticate(socket, messages, user, password);
    const rows: string[][] = [];
    let asked = false;
    for await (const [type, body] of messages) {
      if (type === "E") throw parseError(body);
      if (type === "D") rows.push(parseRow(body));
      if (type !== "Z") continue;
      if (asked) return rows;
      asked = true;
      socket.write(frame("Q", text(sql)));
    }
    throw new ClosedError("The server closed the connection");
  } finally {
    abort.removeEventListener("abort", stop);
    if (!socket.destroyed) socket.end(frame("X", Buffer.alloc(0)), () => socket.destroy());
  }
}

type Messages = AsyncGenerator<[type: string, body: Buffer], void>;

async function open(target: URL, signal: AbortSignal): Promise<Socket> {
  const host = target.searchParams.get("host") ?? (decodeURIComponent(target.hostname).replace(/^\[|\]$/g, "") || "127.0.0.1");
  const port = Number(target.port || 5432);
  const socket = host.startsWith("/") ? connectTcp({ path: `${host}/.s.PGSQL.${port}` }) : connectTcp({ host, port });
  const mode = target.searchParams.get("sslmode") ?? "disable";
  try {
    await once(socket, "connect", signal);
    if (!["require", "verify-ca", "verify-full"].includes(mode)) return socket;
    socket.write(frame("", int32(80877103)));
    if (String(await once(socket, "data", signal)) !== "S") throw new Error("The server has no TLS");
    const secure = connectTls({ socket, servername: host, rejectUnauthorized: mode !== "require" });
    await once(secure, "secureConnect", signal);
    return secure;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function once(socket: Socket, event: string, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      signal.removeEventListener("abort", late);
      socket.off(event, succeed).off("error", fail).off("close", closed);
      done();
    };
    const succeed = (value: unknown) => settle(() => resolve(value));
    const fail = (error: Error) => settle(() => reject(error));
    const closed = () => fail(new ClosedError("The server closed the connection"));
    const late = () => fail(new Error("No connection in time"));
    signal.addEventListener("abort", late);
    socket.once(event, succeed).once("error", fail).once("close", closed);
  });
}

async function* readMessages(socket: Socket): Messages {
  let pending = Buffer.alloc(0);
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 5 && pending.length >= 1 + pending.readInt32BE(1)) {
      const end = 1 + pending.readInt32BE(1);
      yield [String.fromCharCode(pending[0] ?? 0), pending.subarray(5, end)];
      pending = pending.subarray(end);
    }
  }
}

async function authenticate(socket: Socket, messages: Messages, user: string, password: string): Promise<void> {
  let scram: ReturnType<typeof scramClient> | null = null;
  for (;;) {
    const next = await messages.next();
    if (next.done === true) throw new ClosedError("The server closed the connection");
    const [type, body] = next.value;
    if (type === "E") throw parseError(body);
    if (type !== "R") continue;
    const method = body.readInt32BE(0);
    if (method === 0) return;
    if (method === 3) socket.write(frame("p", text(password)));
    else if (method === 5) {
      const hash = (...parts: (string | Buffer)[]) => parts.reduce((md5, part) => md5.update(part), createHash("md5")).digest("hex");
      socket.write(frame("p", text(`md5${hash(hash(password, user), body.subarray(4))}`)));
    } else if (method === 10) {
      scram = scramClient(password);
      const first = Buffer.from(scram.first);
      socket.write(frame("p", Buffer.concat([text("SCRAM-SHA-256"), int32(first.length), first])));
    } else if (method === 11 && scram !== null) socket.write(frame("p", Buffer.from(scram.final(body.toString("utf8", 4)))));
    else if (method !== 12) throw new Error(`Authentication method ${method} is not supported here`);
  }
}

/** RFC 5802 and 7677. The server's own proof is not checked: nothing secret is sent to it here. */
function scramClient(password: string): { first: string; final(challenge: string): string } {
  const bare = `n=,r=${randomBytes(18).toString("base64")}`;
  return {
    first: `n,,${bare}`,
    final(challenge) {
      const field = (name: string) => challenge.split(",").find((part) => part.startsWith(`${name}=`))?.slice(2) ?? "";
      const sign = (key: Buffer, message: string) => createHmac("sha256", key).update(message).digest();
      const salted = pbkdf2Sync(password.normalize("NFKC"), Buffer.from(field("s"), "base64"), Number(field("i")), 32, "sha256");
      const clientKey = sign(salted, "Client Key");
      const unproven = `c=biws,r=${field("r")}`;
      const signature = sign(createHash("sha256").update(clientKey).digest(), `${bare},${challenge},${unproven}`);
      return `${unproven},p=${Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))).toString("base64")}`;
    },
  };
}

function frame(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

function parseRow(body: Buffer): string[] {
  const values: string[] = [];
  for (let offset = 2; offset < body.length; ) {
    const length = body.readInt32BE(offset);
    values.push(body.toString("utf8", offset + 4, offset + 4 + Math.max(length, 0)));
    offset += 4 + Math.max(length, 0);
  }
  return values;
}

function parseError(body: Buffer): PostgresError {
  const fields = body.toString("utf8").split("\0");
  const field = (name: string) => fields.find((part) => part.startsWith(name))?.slice(1) ?? "";
  return new PostgresError(field("M"), field("C"));
}
