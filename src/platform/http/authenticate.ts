import { createHash, timingSafeEqual } from "node:crypto";
import { AppError, isAppError, type ErrorCode } from "#lib/errors.ts";
import { adminOf, type AdminInSession } from "#platform/auth/admin-session.ts";
import { bearerToken, type Attempt, type Caller } from "#platform/auth/caller.ts";
import { anonymous, system, type AdminRole, type ApiKey, type Member, type Principal, type User } from "#platform/auth/principal.ts";
import { callerOf } from "#platform/auth/session.ts";
import { environment } from "#platform/config/environment.ts";

/** A way in shows who came, or throws one of its failures. */
interface Authenticator {
  authenticate: (attempt: Attempt) => Promise<Caller>;
  failures: readonly ErrorCode[];
  /** Names of OpenAPI security schemes of which a request shows one; "" stands for none. */
  schemes: readonly (SchemeName | "")[];
}

/** The OpenAPI security schemes. */
export const securitySchemes = {
  apiKey: { type: "http", scheme: "bearer", description: "An API key of an organisation, `tl_…`" },
  session: { type: "apiKey", in: "cookie", name: "tieline_session", description: "A signed-in member's session (`__Host-tieline_session` under https); changes also need the page's `X-CSRF-Token`" },
  admin: { type: "http", scheme: "bearer", description: "An administrator's session: the cookie that POST /api/admin/login sets, or its value as Bearer" },
  metrics: { type: "http", scheme: "bearer", description: "The METRICS_TOKEN of this deployment" },
  cron: { type: "http", scheme: "bearer", description: "The CRON_SECRET of this deployment" },
} as const;
type SchemeName = keyof typeof securitySchemes;

const admins = (needed: AdminRole): Authenticator => ({ authenticate: (attempt) => adminOf(attempt, needed), failures: ["ADMIN_FORBIDDEN"], schemes: ["admin"] });
const signedInFailures = ["UNAUTHENTICATED", "UPSTREAM_UNAVAILABLE"] as const;

/** The closed table of ways in that a route can name. */
export const authenticators = {
  /** Whoever comes to show who they are: no credentials are looked at. */
  nobody: { authenticate: nobody, failures: [], schemes: [""] },
  /** Whoever it is; credentials that are shown must hold. */
  anyone: { authenticate: callerOf, failures: [...signedInFailures, "TENANT_FORBIDDEN"], schemes: ["", "session", "apiKey"] },
  /** Whoever leaves: their browser is free to forget a session that nobody can check at the moment, or that has ended. */
  leaver: { authenticate: leaver, failures: [], schemes: ["", "session"] },
  /** A signed-in user, in an organisation or not. */
  user: { authenticate: user, failures: signedInFailures, schemes: ["session"] },
  /** A member of an organisation, or its API key where the route names a scope. */
  member: { authenticate: member, failures: [...signedInFailures, "TENANT_FORBIDDEN"], schemes: ["session", "apiKey"] },
  /** An owner of the organisation they work in. */
  owner: { authenticate: owner, failures: [...signedInFailures, "TENANT_FORBIDDEN"], schemes: ["session"] },
  adminViewer: admins("viewer"),
  adminEditor: admins("admin"),
  superAdmin: admins("super_admin"),
  metrics: { authenticate: deploymentOwn("METRICS_TOKEN", "metrics"), failures: ["UNAUTHENTICATED", "NOT_FOUND"], schemes: ["metrics"] },
  /** Whatever runs jobs on a schedule where no process stays. */
  cron: { authenticate: deploymentOwn("CRON_SECRET", "cron"), failures: ["UNAUTHENTICATED", "NOT_FOUND"], schemes: ["cron"] },
} as const satisfies Record<string, Authenticator>;

export type AuthName = keyof typeof authenticators;

/** What principal a route gets by how it is entered. */
export interface PrincipalOf {
  nobody: { kind: "anonymous" };
  anyone: Principal;
  leaver: Principal;
  user: User | Member;
  member: Member | ApiKey;
  owner: Member;
  adminViewer: AdminInSession;
  adminEditor: AdminInSession;
  superAdmin: AdminInSession;
  metrics: Principal;
  cron: Principal;
}

function nobody(): Promise<Caller> {
  return Promise.resolve({ principal: anonymous, session: null });
}

async function leaver(attempt: Attempt): Promise<Caller> {
  try {
    return await callerOf(attempt);
  } catch (error) {
    if (isAppError(error) && (error.code === "UPSTREAM_UNAVAILABLE" || error.code === "DATABASE_UNAVAILABLE")) return nobody();
    throw error;
  }
}

async function user(attempt: Attempt): Promise<Caller> {
  const caller = await callerOf(attempt);
  if (caller.principal.kind !== "user" && caller.principal.kind !== "member") throw new AppError("UNAUTHENTICATED");
  return caller;
}

async function member(attempt: Attempt): Promise<Caller> {
  const caller = await callerOf(attempt);
  const { kind } = caller.principal;
  if (kind === "anonymous") throw new AppError("UNAUTHENTICATED");
  if (kind === "user") throw new AppError("TENANT_FORBIDDEN", { detail: "You don't belong to an organisation yet. Create one, or open an invitation." });
  return caller;
}

async function owner(attempt: Attempt): Promise<Caller> {
  const caller = await member(attempt);
  if (caller.principal.kind !== "member" || caller.principal.role !== "owner") {
    throw new AppError("TENANT_FORBIDDEN", { detail: "Only owners of the organisation can do this. Ask one of them." });
  }
  return caller;
}

/** The bearer of a secret of this deployment. Without that setting there is nothing to find here. */
function deploymentOwn(setting: "METRICS_TOKEN" | "CRON_SECRET", name: string): Authenticator["authenticate"] {
  return async ({ request }) => {
    const expected = environment()[setting];
    if (!expected) throw new AppError("NOT_FOUND");
    const token = bearerToken(request);
    if (token === null || !equalSecrets(token, expected)) throw new AppError("UNAUTHENTICATED");
    return Promise.resolve({ principal: system(name), session: null });
  };
}

/** Compares in a time that says nothing about where, or in length, two secrets differ. */
export function equalSecrets(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
