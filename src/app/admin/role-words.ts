import type { AdminRole } from "#platform/auth/principal.ts";

/** What each role is called, and may do. */
export const roleWords: Record<AdminRole, { label: string; may: string }> = {
  viewer: { label: "Viewer", may: "Sees everything here but the texts of mails; changes nothing" },
  admin: { label: "Admin", may: "Sees the same; edits help and flags, and retries mail" },
  super_admin: { label: "Super admin", may: "Does all of that; manages administrators and reads mail" },
};
