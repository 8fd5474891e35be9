import { z } from "zod";
import { adminRoles } from "#platform/auth/principal.ts";

export const adminPasswordMinLength = 12;
export const adminPasswordMaxLength = 200;

export const AdminRoleName = z.enum(adminRoles);
export const AdminEmail = z.string().trim().toLowerCase().max(320).pipe(z.email("Write an e-mail address, such as name@example.com"));
export const AdminName = z.string().trim().min(1, "Write a name").max(100);
/** What is typed; whether it is good enough is judged beside the e-mail (admin-password.ts). */
const Password = z.string().min(1, "Write a password").max(adminPasswordMaxLength);

export const AdminLoginRequest = z.strictObject({ email: z.string().trim().toLowerCase().min(1).max(320), password: Password });
export type AdminLoginRequest = z.infer<typeof AdminLoginRequest>;

const AdminIdentity = z.object({ id: z.uuid(), email: z.string(), name: z.string(), role: AdminRoleName });

export const AdminSession = z.object({
  admin: AdminIdentity,
  /** When it ends however much it is used. */
  expiresAt: z.iso.datetime(),
  /** After how long without use it ends. */
  idleMinutes: z.number().int(),
});
export type AdminSession = z.infer<typeof AdminSession>;

/** An administrator as the list shows them. */
export const AdminAccount = AdminIdentity.extend({
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
  lastLoginAt: z.iso.datetime().nullable(),
  /** Sessions that hold at this moment. */
  sessions: z.number().int(),
});
export type AdminAccount = z.infer<typeof AdminAccount>;

export const AdminAccounts = z.object({ admins: z.array(AdminAccount) });

export const NewAdmin = z.strictObject({ email: AdminEmail, name: AdminName, role: AdminRoleName });
export type NewAdmin = z.infer<typeof NewAdmin>;

export const AdminChange = z
  .strictObject({ name: AdminName.optional(), role: AdminRoleName.optional(), disabled: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, "Say what to change");
export type AdminChange = z.infer<typeof AdminChange>;

/** A password made by us, to be handed on: it is shown in this one answer and kept nowhere. */
export const AdminWithPassword = z.object({ admin: AdminAccount, password: z.string() });

export const OwnPasswordChange = z.strictObject({ current: Password, next: Password });
export type OwnPasswordChange = z.infer<typeof OwnPasswordChange>;

export const AdminSessionEntry = z.object({
  /** Names the session without being it. */
  id: z.string(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  userAgent: z.string(),
  /** The network it was begun from, as far as it is kept. */
  address: z.string(),
  current: z.boolean(),
});
export type AdminSessionEntry = z.infer<typeof AdminSessionEntry>;

export const AdminSessions = z.object({ sessions: z.array(AdminSessionEntry) });

/** The first half of a session's SHA-256: names it among one administrator's, and leads back to no id. */
export const AdminSessionName = z.string().regex(/^[0-9a-f]{32}$/);
