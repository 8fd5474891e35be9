import { tenantOf, type Principal } from "#platform/auth/principal.ts";
import type { CallEntry } from "./ledger-schema.ts";

/** Who calls, as rows of the books name them. */
export type Caller = Pick<CallEntry, "tenantId" | "principalKind" | "principalId">;

/** The principal as the ledger has it. */
export function callerOf(principal: Principal): Caller {
  return { tenantId: tenantOf(principal), principalKind: principal.kind, principalId: idOf(principal) };
}

function idOf(principal: Principal): string | null {
  switch (principal.kind) {
    case "anonymous":
      return null;
    case "user":
    case "member":
      return principal.userId;
    case "key":
      return principal.keyId;
    case "admin":
      return principal.adminId;
    case "system":
      return principal.name;
  }
}
