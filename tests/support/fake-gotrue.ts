import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the fake does instead of answering as GoTrue. */
export type GoTrueFault =
  | { kind: "none" }
  | { kind: "status"; status: number; body: string; contentType?: string }
  | { kind: "hang" }
  | { kind: "drop" };

export interface FakeGoTrue {
  url: string;
  /** Requests received, as "METHOD path". */
  requests: string[];
  fail(fault: GoTrueFault): void;
  /** Ends a user's sessions, as signing out elsewhere does. */
  revoke(userId: string): void;
  close(): Promise<void>;
}

export const publishableKey = "sb_publishable_of_the_fake_project";
const jwtSecret = "the fake project's own secret";

/** The part of a hosted project's auth API that sessions need, over real HTTP, with the bodies GoTrue 2.18x sends. */
export async function startFakeGoTrue(): Promise<FakeGoTrue> {
  let fault: GoTrueFault = { kind: "none" };
  const requests: string[] = [];
  const users = new Map<string, { id: string; refreshTokens: Set<string> }>();
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(`${request.method} ${request.url}`);
    const body = await read(request);
    if (fault.kind === "hang") return;
    if (fault.kind === "drop") return void request.socket.destroy();
    if (fault.kind === "status") return send(response, fault.status, fault.body, fault.contentType);
    if (request.headers.apikey !== publishableKey) {
      return send(response, 401, { message: "Invalid API key", hint: "Double check your Supabase `anon` or `service_role` API key." });
    }
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://fake");
    if (pathname === "/auth/v1/user") return user(request, response);
    if (pathname === "/auth/v1/signup") return session(response, newUser());
    if (pathname === "/auth/v1/token" && searchParams.get("grant_type") === "refresh_token") {
      const known = [...users.values()].find(({ refreshTokens }) => refreshTokens.delete(String(body["refresh_token"])));
      if (known) return session(response, known.id);
      return send(response, 400, { code: "refresh_token_not_found", message: "Invalid Refresh Token: Refresh Token Not Found" });
    }
    send(response, 404, { message: "no Route matched with those values" });
  }

  function newUser(): string {
    const id = randomUUID();
    users.set(id, { id, refreshTokens: new Set() });
    return id;
  }

  function session(response: ServerResponse, id: string): void {
    const refresh_token = randomUUID();
    users.get(id)?.refreshTokens.add(refresh_token);
    const expires_at = Math.floor(Date.now() / 1_000) + 3_600;
    send(response, 200, { access_token: sign({ sub: id, session_id: `session of ${id}`, exp: expires_at }), token_type: "bearer", expires_in: 3_600, expires_at, refresh_token, user: described(id) });
  }

  function user(request: IncomingMessage, response: ServerResponse): void {
    const id = verify((request.headers.authorization ?? "").replace(/^Bearer /, ""));
    if (id === null) return send(response, 403, { code: "bad_jwt", message: "invalid JWT: unable to parse or verify signature" });
    if (!users.has(id)) return send(response, 403, { code: "session_not_found", message: "Session from session_id claim in JWT does not exist" });
    send(response, 200, described(id));
  }

  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail: (next) => (fault = next),
    revoke: (userId) => void users.delete(userId),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

const described = (id: string) => ({ id, aud: "authenticated", role: "authenticated", email: `${id}@example.com`, app_metadata: {}, user_metadata: {}, created_at: new Date().toISOString() });

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signature = (text: string) => createHmac("sha256", jwtSecret).update(text).digest("base64url");

function sign(claims: object): string {
  const text = `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url(claims)}`;
  return `${text}.${signature(text)}`;
}

function verify(token: string): string | null {
  const [header = "", claims = "", given = ""] = token.split(".");
  if (given !== signature(`${header}.${claims}`)) return null;
  return (JSON.parse(Buffer.from(claims, "base64url").toString()) as { sub: string }).sub;
}

function send(response: ServerResponse, status: number, body: unknown, contentType = "application/json"): void {
  response.writeHead(status, { "content-type": contentType, "x-supabase-api-version": "2024-01-01" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const piece of request) text += String(piece);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
