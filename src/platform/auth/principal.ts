/** What an API key may be allowed to do. */
export const apiScopes = ["ask"] as const;
export type ApiScope = (typeof apiScopes)[number];

export type MemberRole = "owner" | "member";

/** Each role may also do what those before it may. */
export const adminRoles = ["viewer", "admin", "super_admin"] as const;
export type AdminRole = (typeof adminRoles)[number];

/** A signed-in user outside of any organisation: sees public content and their own memberships. */
export interface User {
  kind: "user";
  userId: string;
}

/** A signed-in user in the organisation they work in. */
export interface Member {
  kind: "member";
  userId: string;
  tenantId: string;
  role: MemberRole;
}

/** A program of an organisation, by one of its API keys. */
export interface ApiKey {
  kind: "key";
  keyId: string;
  tenantId: string;
}

export interface Admin {
  kind: "admin";
  adminId: string;
  email: string;
  name: string;
  role: AdminRole;
}

/** The service role: its rows are everybody's. `tenantId` is whose work it does, where it is one organisation's. */
export interface System {
  kind: "system";
  name: string;
  tenantId?: string | null;
}

/** Who a unit of work runs for. The database role and claims follow from it (platform/db/claims.ts). */
export type Principal = { kind: "anonymous" } | User | Member | ApiKey | Admin | System;

export const anonymous: Principal = { kind: "anonymous" };

/** The service role, for jobs, seeds and commands; `name` says which in logs and the audit. */
export function system(name: string, tenantId: string | null = null): Principal {
  return tenantId === null ? { kind: "system", name } : { kind: "system", name, tenantId };
}

/** The organisation that the principal works in or for. */
export function tenantOf(principal: Principal): string | null {
  switch (principal.kind) {
    case "member":
    case "key":
      return principal.tenantId;
    case "system":
      return principal.tenantId ?? null;
    default:
      return null;
  }
}

/** True when an administrator of `role` may do what asks for `needed`. */
export function hasAdminRole(role: AdminRole, needed: AdminRole): boolean {
  return adminRoles.indexOf(role) >= adminRoles.indexOf(needed);
}
