import type { Principal } from "#platform/auth/principal.ts";

export type DatabaseRole = "anon" | "authenticated" | "service_role";

/**
 * The database role of a principal, and the claims that policies read (app.claims() in SQL). `actor` names in the audit
 * what the role alone doesn't.
 */
export function claimsOf(principal: Principal): { role: DatabaseRole; claims: Record<string, string> } {
  switch (principal.kind) {
    case "anonymous":
      return claims("anon", {});
    case "user":
      return claims("authenticated", { sub: principal.userId });
    case "member":
      return claims("authenticated", { sub: principal.userId, tenant_id: principal.tenantId });
    case "key":
      return claims("authenticated", { key_id: principal.keyId, tenant_id: principal.tenantId, actor: "api_key" });
    case "admin":
      return claims("service_role", { sub: principal.adminId, actor: "admin" });
    case "system":
      return claims("service_role", { sub: principal.name });
  }
}

function claims(role: DatabaseRole, others: Record<string, string>) {
  return { role, claims: { role, ...others } };
}
