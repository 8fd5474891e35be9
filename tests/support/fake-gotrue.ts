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
  /** The same once it has answered so many more requests. */
  failAfter(requests: number, fault: GoTrueFault): void;
  /** Ends a user's sessions, as signing out elsewhere does. */
  revoke(userId: string): void;
  /** The mails it has sent: whom to, what for, and the secret of the link. */
  mails: { to: string; type: string; tokenHash: string }[];
  close(): Promise<void>;
}

export const publishableKey = "sb_publishable_of_the_fake_project";
const jwtSecret = "the fake project's own secret";

interface Account {
  id: string;
  email: string;
  password: string;
  confirmed: boolean;
  emailChange?: string;
  metadata: Record<string, unknown>;
  /** Refresh tokens by session. */
  sessions: Map<string, string>;
}

/** The part of a hosted project's auth API that accounts need, over real HTTP, with the bodies GoTrue 2.18x sends. */
export async function startFakeGoTrue({ confirmations = false } = {}): Promise<FakeGoTrue> {
  let fault: GoTrueFault = { kind: "none" };
  let coming: { after: number; fault: GoTrueFault } | undefined;
  const requests: string[] = [];
  const mails: FakeGoTrue["mails"] = [];
  const users = new Map<string, Account>();
  const links = new Map<string, { type: string; id: string }>();
  const server = createServer((request, response) => void answer(request, response));
  const byEmail = (email: unknown) => [...users.values()].find((user) => user.email === email);
  const refuse = (response: ServerResponse, status: number, code: string) => send(response, status, { code, message: code.replaceAll("_", " ") });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(`${request.method} ${request.url}`);
    const body = await read(request);
    if (coming && (coming.after -= 1) < 0) [fault, coming] = [coming.fault, undefined];
    if (fault.kind === "hang") return;
    if (fault.kind === "drop") return void request.socket.destroy();
    if (fault.kind === "status") return send(response, fault.status, fault.body, fault.contentType);
    if (request.headers.apikey !== publishableKey) {
      return send(response, 401, { message: "Invalid API key", hint: "Double check your Supabase `anon` or `service_role` API key." });
    }
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://fake");
    const grant = searchParams.get("grant_type");
    if (pathname === "/auth/v1/user") return request.method === "PUT" ? change(request, response, body) : user(request, response);
    if (pathname === "/auth/v1/signup") return signUp(response, body);
    if (pathname === "/auth/v1/token" && grant === "password") return logIn(response, body);
    if (pathname === "/auth/v1/token" && grant === "refresh_token") return refresh(response, String(body["refresh_token"]));
    if (pathname === "/auth/v1/logout") return logOut(request, response, searchParams.get("scope") ?? "global");
    if (pathname === "/auth/v1/recover") {
      const known = byEmail(body["email"]);
      if (known) mail(known.id, known.email, "recovery");
      return send(response, 200, {});
    }
    if (pathname === "/auth/v1/verify") return verifyLink(response, body);
    send(response, 404, { message: "no Route matched with those values" });
  }

  function mail(id: string, to: string, type: string): void {
    const tokenHash = `pkce_${randomUUID().replaceAll("-", "")}`;
    links.set(tokenHash, { type, id });
    mails.push({ to, type, tokenHash });
  }

  function signUp(response: ServerResponse, { email, password, data }: Record<string, unknown>): void {
    const known = byEmail(email);
    // With confirmations, an address that has an account is answered as if it had none.
    if (known) return confirmations ? send(response, 200, { ...described({ ...known, id: randomUUID() }), identities: [] }) : refuse(response, 422, "user_already_exists");
    const id = randomUUID();
    const metadata = typeof data === "object" ? { ...data } : {};
    const account: Account = { id, email: String(email), password: String(password), confirmed: !confirmations, metadata, sessions: new Map() };
    users.set(id, account);
    if (!confirmations) return session(response, account);
    mail(id, account.email, "signup");
    send(response, 200, described(account));
  }

  function logIn(response: ServerResponse, { email, password }: Record<string, unknown>): void {
    const known = byEmail(email);
    if (!known || known.password !== password) return refuse(response, 400, "invalid_credentials");
    if (!known.confirmed) return refuse(response, 400, "email_not_confirmed");
    session(response, known);
  }

  function refresh(response: ServerResponse, token: string): void {
    for (const account of users.values()) {
      for (const [id, current] of account.sessions) if (current === token) return session(response, account, id);
    }
    send(response, 400, { code: "refresh_token_not_found", message: "Invalid Refresh Token: Refresh Token Not Found" });
  }

  function session(response: ServerResponse, account: Account, id: string = randomUUID()): void {
    const refresh_token = randomUUID();
    account.sessions.set(id, refresh_token);
    const expires_at = Math.floor(Date.now() / 1_000) + 3_600;
    send(response, 200, { access_token: sign({ sub: account.id, session_id: id, exp: expires_at }), token_type: "bearer", expires_in: 3_600, expires_at, refresh_token, user: described(account) });
  }

  /** The account and session of a request; answers it itself where there is none. */
  function holder(request: IncomingMessage, response: ServerResponse): { account: Account; id: string } | null {
    const claims = verify((request.headers.authorization ?? "").replace(/^Bearer /, ""));
    if (claims === null) send(response, 403, { code: "bad_jwt", message: "invalid JWT: unable to parse or verify signature" });
    const account = users.get(claims?.sub ?? "");
    if (claims && account?.sessions.has(claims.session_id)) return { account, id: claims.session_id };
    if (claims) send(response, 403, { code: "session_not_found", message: "Session from session_id claim in JWT does not exist" });
    return null;
  }

  function user(request: IncomingMessage, response: ServerResponse): void {
    const held = holder(request, response);
    if (held) send(response, 200, described(held.account));
  }

  function change(request: IncomingMessage, response: ServerResponse, { email, password }: Record<string, unknown>): void {
    const held = holder(request, response);
    if (!held) return;
    const { account } = held;
    if (password !== undefined && password === account.password) return refuse(response, 422, "same_password");
    if (email !== undefined && byEmail(email)) return refuse(response, 422, "email_exists");
    if (typeof password === "string") account.password = password;
    if (typeof email === "string") {
      account.emailChange = email;
      for (const to of [account.email, email]) mail(account.id, to, "email_change");
    }
    send(response, 200, described(account));
  }

  function logOut(request: IncomingMessage, response: ServerResponse, scope: string): void {
    const held = holder(request, response);
    if (!held) return;
    const { account, id } = held;
    for (const other of [...account.sessions.keys()]) if (scope === "global" || (other === id) === (scope === "local")) account.sessions.delete(other);
    response.writeHead(204).end();
  }

  function verifyLink(response: ServerResponse, body: Record<string, unknown>): void {
    const link = links.get(String(body["token_hash"]));
    const account = link && users.get(link.id);
    if (!account || link.type !== body["type"]) return send(response, 403, { code: "otp_expired", message: "Email link is invalid or has expired" });
    links.delete(String(body["token_hash"]));
    // Both mailboxes confirm a move; the second one makes it.
    if (link.type === "email_change" && [...links.values()].some(({ type, id }) => type === "email_change" && id === link.id)) {
      return send(response, 200, { msg: "Confirmation link accepted. Please proceed to confirm link sent to the other email", code: "200" });
    }
    account.confirmed = true;
    account.email = account.emailChange ?? account.email;
    delete account.emailChange;
    session(response, account);
  }

  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    mails,
    fail: (next) => void ([fault, coming] = [next, undefined]),
    failAfter: (after, next) => void (coming = { after, fault: next }),
    revoke: (userId) => users.get(userId)?.sessions.clear(),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

const described = ({ id, email, metadata }: Account) => ({
  id, aud: "authenticated", role: "authenticated", email, app_metadata: {}, user_metadata: metadata,
  identities: [{ id, provider: "email" }], created_at: new Date().toISOString(), last_sign_in_at: new Date().toISOString(),
});

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signature = (text: string) => createHmac("sha256", jwtSecret).update(text).digest("base64url");

function sign(claims: object): string {
  const text = `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url(claims)}`;
  return `${text}.${signature(text)}`;
}

interface Claims {
  sub: string;
  session_id: string;
}

function verify(token: string): Claims | null {
  const [header = "", claims = "", given = ""] = token.split(".");
  if (given !== signature(`${header}.${claims}`)) return null;
  return JSON.parse(Buffer.from(claims, "base64url").toString()) as Claims;
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
