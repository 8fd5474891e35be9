import { chmod, rm } from "node:fs/promises";
import { createConnection, createServer, type Socket } from "node:net";
import { relative } from "node:path";
import { AppError } from "#lib/errors.ts";
import type { EmbeddedHandle, EmbeddedTransaction } from "./embedded-engine.ts";
import { FrameReader, writeFrame } from "./frames.ts";

type Request =
  | { type: "begin" }
  | { type: "query"; sql: string; values: unknown[] | undefined }
  | { type: "exec"; statements: string }
  | { type: "commit" }
  | { type: "rollback" };
type Rows = { rows: Record<string, unknown>[]; affectedRows?: number | undefined };
type Reply =
  | { ok: true; results: Rows[] }
  | { ok: false; message: string; code: string | undefined };

/** A command that goes quiet inside a transaction would hold up the whole server. */
const idleInTransactionMs = 3_000;

/**
 * Lets commands of the same user work on the embedded database while this process has it open: a Unix socket with mode
 * 0600, one transaction per turn, serialised with the process's own by PGlite. A connection that breaks or falls quiet
 * inside a transaction is rolled back. Answers a function that stops listening.
 */
export async function serveCommands(path: string, pglite: EmbeddedHandle): Promise<() => Promise<void>> {
  await rm(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => undefined);
    void serve(socket, pglite)
      .catch(() => undefined)
      .finally(() => socket.destroy());
  });
  await new Promise<void>((done, fail) => server.once("error", fail).listen(shortest(path), done));
  await chmod(path, 0o600);
  return async () => {
    for (const socket of open) socket.destroy();
    await new Promise<void>((done) => server.close(() => done()));
  };
}

async function serve(socket: Socket, pglite: EmbeddedHandle): Promise<void> {
  const requests = new FrameReader<Request>(socket);
  for (;;) {
    const request = await requests.next();
    if (request === undefined) return;
    if (request.type !== "begin") {
      writeFrame<Reply>(socket, { ok: false, message: "Begin a transaction first", code: undefined });
      continue;
    }
    await pglite.transaction(async (tx) => {
      writeFrame<Reply>(socket, { ok: true, results: [] });
      for (;;) {
        const step = await requests.next(idleInTransactionMs);
        if (step === undefined) {
          // Whatever it asks later would be answered out of step.
          socket.destroy();
          return tx.rollback();
        }
        if (step.type === "commit") return;
        if (step.type === "rollback") return tx.rollback();
        if (step.type === "begin") throw new Error("Transactions don't nest");
        writeFrame<Reply>(socket, await answer(tx, step));
      }
    }).then(
      () => writeFrame<Reply>(socket, { ok: true, results: [] }),
      (error: unknown) => writeFrame<Reply>(socket, failure(error)),
    );
  }
}

async function answer(tx: EmbeddedTransaction, step: Extract<Request, { type: "query" | "exec" }>): Promise<Reply> {
  try {
    if (step.type === "exec") return { ok: true, results: (await tx.exec(step.statements)).map(({ rows, affectedRows }) => ({ rows, affectedRows })) };
    const { rows, affectedRows } = await tx.query<Record<string, unknown>>(step.sql, step.values, { rowMode: "object" });
    return { ok: true, results: [{ rows, affectedRows }] };
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): Reply {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
  return { ok: false, message: error instanceof Error ? error.message : String(error), code };
}

/**
 * The embedded database of a running server, reached through its socket; undefined when no server listens there.
 * Errors of the database keep their SQLSTATE in `code`.
 */
export async function connectCommands(path: string): Promise<EmbeddedHandle | undefined> {
  const socket = createConnection(shortest(path));
  try {
    await new Promise<void>((done, fail) => socket.once("connect", done).once("error", fail));
  } catch {
    return undefined;
  }
  socket.on("error", () => undefined);
  return new RemoteHandle(socket);
}

class RemoteHandle implements EmbeddedHandle {
  closed = false;
  ready = true;
  waitReady = Promise.resolve();
  readonly #socket: Socket;
  readonly #replies: FrameReader<Reply>;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#replies = new FrameReader<Reply>(socket);
  }

  query<T>(statement: string, params?: unknown[]) {
    return this.transaction((tx) => tx.query<T>(statement, params));
  }

  transaction<T>(work: (tx: EmbeddedTransaction) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => this.#transaction(work));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.#turn;
    this.#socket.end();
  }

  async #transaction<T>(work: (tx: EmbeddedTransaction) => Promise<T>): Promise<T> {
    await this.#ask({ type: "begin" });
    const query = async <Row>(sql: string, values?: unknown[]) => {
      const [result] = (await this.#ask({ type: "query", sql, values })).results;
      return { fields: [], ...result, rows: (result?.rows ?? []) as Row[] };
    };
    const exec = async (statements: string) => (await this.#ask({ type: "exec", statements })).results;
    let rolledBack = false;
    const rollback = async () => {
      rolledBack = true;
      await this.#ask({ type: "rollback" });
    };
    try {
      const result = await work({ query, exec, rollback });
      if (!rolledBack) await this.#ask({ type: "commit" });
      return result;
    } catch (error) {
      if (!rolledBack) await rollback().catch(() => undefined);
      throw error;
    }
  }

  async #ask(request: Request): Promise<Extract<Reply, { ok: true }>> {
    writeFrame(this.#socket, request);
    const reply = await this.#replies.next();
    if (reply === undefined) {
      throw new AppError("DATABASE_UNAVAILABLE", { detail: "The server stopped while the command was running. Run it again." });
    }
    if (!reply.ok) throw Object.assign(new Error(reply.message), { code: reply.code });
    return reply;
  }
}

/** A socket's address holds about 100 bytes: in a deep folder the relative path may fit where the absolute doesn't. */
function shortest(path: string): string {
  const here = relative(process.cwd(), path);
  const chosen = here.length < path.length ? here : path;
  if (Buffer.byteLength(chosen) > 100) {
    throw new Error(`DATA_DIR lies too deep for a socket (${chosen}). Choose a shorter path.`);
  }
  return chosen;
}
