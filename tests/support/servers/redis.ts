/** A real Redis for tests. */
import { connect as connectTcp } from "node:net";
import { connect as connectTls } from "node:tls";
import { temporaryFolder } from "./exit.ts";
import { askGiven } from "./given.ts";
import { serverUser, startOnFreePort, startServer } from "./process.ts";
import { provideProgram } from "./programs.ts";

export interface RunningRedis {
  url: string;
  /** One line: version, where it comes from, port. */
  description: string;
  stop: () => Promise<void>;
  /** Ends the server as kill -9 does; what it held is gone. */
  kill: () => Promise<void>;
}

export interface RedisOptions {
  /** True: a server of this test alone, also where TEST_REDIS_URL names one. */
  own?: boolean;
  /** Where it listens; a free port unless given. */
  port?: number;
}

const readyTimeoutMs = 30_000;

/**
 * Uses TEST_REDIS_URL, else redis-server of this machine, else Debian's package; nothing is kept on disk.
 * @throws Error that says what to install or what the server logged.
 */
export async function startRedis({ own = false, port: wanted }: RedisOptions = {}): Promise<RunningRedis> {
  const given = own ? undefined : process.env["TEST_REDIS_URL"];
  if (given !== undefined && given !== "") {
    const name = `${new URL(given).host} (TEST_REDIS_URL)`;
    const info = await askGiven(`Redis at ${name}`, () => askRedis(given, "INFO server"));
    const leave = () => Promise.resolve();
    return { url: given, description: `Redis ${field(info, "redis_version")} at ${name}`, stop: leave, kill: () => Promise.reject(new Error("A Redis that was given is not ended")) };
  }

  const { path, env } = await provideProgram("Redis", "redis-server", "redis-server");
  const user = serverUser();
  const folder = temporaryFolder("redis", user);
  const urlOf = (port: number) => `redis://127.0.0.1:${port}`;
  let version = "";
  try {
    const { server, port } = await startOnFreePort(
      "Redis",
      readyTimeoutMs,
      (free) => {
        const flags = ["--port", String(free), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", folder.path];
        return startServer(path, flags, { log: `${folder.path}/log`, env, cwd: folder.path, user, killSignal: "SIGKILL" });
      },
      async (candidate, child) => {
        const info = await askRedis(urlOf(candidate), "INFO server").catch(() => "");
        version = field(info, "redis_version");
        // Another server may have taken the port in the meantime.
        return field(info, "process_id") === String(child.pid);
      },
      wanted === undefined ? undefined : () => wanted,
    );
    const end = (signal: NodeJS.Signals) => async () => {
      await server.stop(signal);
      await folder.remove();
    };
    return { url: urlOf(port), description: `Redis ${version} from ${path}, port ${port}`, stop: end("SIGTERM"), kill: end("SIGKILL") };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/** Redis refused; `code` is the first word of its reply. */
class RedisError extends Error {
  readonly code: string;
  constructor(reply: string) {
    super(reply);
    this.code = reply.split(" ")[0] ?? "";
  }
}

/**
 * Sends one command on a new connection, after AUTH when the URL holds a password, and returns the raw reply.
 * @throws Error when Redis refuses, or does not answer within `timeoutMs`.
 */
export function askRedis(url: string, command: string, timeoutMs = 5000): Promise<string> {
  const target = new URL(url);
  const address = { host: target.hostname.replace(/^\[|\]$/g, ""), port: Number(target.port || 6379) };
  const [user, password] = [decodeURIComponent(target.username), decodeURIComponent(target.password)];
  const login = password === "" ? [] : [["AUTH", ...(user === "" ? [] : [user]), password]];
  const commands = [...login, command.split(" ")];
  const request = commands.map((words) => `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`).join("");
  return new Promise((resolve, reject) => {
    const socket = target.protocol === "rediss:" ? connectTls({ ...address, servername: address.host }) : connectTcp(address);
    const timer = setTimeout(() => socket.destroy(new Error(`Redis did not answer within ${timeoutMs / 1000} s`)), timeoutMs);
    let replies: string[] = [];
    let received = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      received += chunk;
      replies = splitReplies(received);
      const refusal = replies.find((reply) => reply.startsWith("-"));
      if (refusal !== undefined) socket.destroy(new RedisError(refusal.slice(1).trim()));
      else if (replies.length === commands.length) socket.destroy();
    });
    socket.once("error", reject);
    socket.once("close", () => {
      clearTimeout(timer);
      const reply = replies[commands.length - 1];
      if (reply === undefined) reject(new Error("Redis closed the connection"));
      else resolve(reply);
    });
    socket.write(request);
  });
}

/** The complete simple and bulk replies at the start of `received`. */
function splitReplies(received: string): string[] {
  const replies: string[] = [];
  for (let rest = received; rest.includes("\r\n"); ) {
    const line = rest.slice(0, rest.indexOf("\r\n") + 2);
    const length = line.startsWith("$") ? Math.max(Number(line.slice(1)) + 2, 0) : 0;
    if (rest.length < line.length + length) break;
    replies.push(length === 0 ? line : rest.slice(line.length, line.length + length));
    rest = rest.slice(line.length + length);
  }
  return replies;
}

function field(info: string, name: string): string {
  return new RegExp(`^${name}:(.*?)\r?$`, "m").exec(info)?.[1] ?? "";
}
