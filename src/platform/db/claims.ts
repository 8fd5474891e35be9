import type { Principal, User } from "#platform/auth/principal.ts";

export type DatabaseRole = "anon" | "authenticated" | "service_role";

/** The database role of a principal or user, and the claims that policies read (app.claims() in SQL). */
export function claimsOf(principal: Principal | User): { role: DatabaseRole; claims: Record<string, string> } {
  switch (principal.kind) {
    case "anonymous":
      return { role: "anon", claims: { role: "anon" } };
    case "member":
      return {
        role: "authenticated",
        claims: { role: "authenticated", sub: principal.userId, tenant_id: principal.tenantId },
      };
    case "user":
      return { role: "authenticated", claims: { role: "authenticated", sub: principal.userId } };
    case "system":
      return { role: "service_role", claims: { role: "service_role", sub: principal.name } };
  }
}
