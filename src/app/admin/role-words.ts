import type { AdminRole } from "#platform/auth/principal.ts";

/** What each role is called, and may do. */
export const roleWords: Record<AdminRole, { label: string; may: string }> = {
  viewer: { label: "Viewer", may: "Sees everything here but mail texts, changes nothing" },
  admin: { label: "Admin", may: "Also edits help, flags and the outbox" },
  super_admin: { label: "Super admin", may: "Also manages administrators and reads mail" },
};
