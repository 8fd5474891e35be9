/** Who a unit of work runs for. The database role and claims follow from it (platform/db/claims.ts). */
export type Principal =
  | { kind: "anonymous" }
  | { kind: "member"; userId: string; tenantId: string }
  | { kind: "system"; name: string };

/** A signed-in user before it is known for which organisation: sees their own memberships and nothing else. */
export interface User {
  kind: "user";
  userId: string;
}

export const anonymous: Principal = { kind: "anonymous" };

/** The service role, for jobs, seeds and commands; `name` says which in logs and the audit. */
export function system(name: string): Principal {
  return { kind: "system", name };
}

/** The organisation whose rows the principal sees besides public ones. */
export function tenantOf(principal: Principal): string | null {
  return principal.kind === "member" ? principal.tenantId : null;
}
