import { z } from "zod";
import { cursorOf } from "#platform/http/cursor.ts";

export const mailStates = ["waiting", "failed", "delivered"] as const;
export const MailState = z.enum(mailStates);
export type MailState = z.infer<typeof MailState>;

export const MailQuery = z.strictObject({
  state: MailState.optional(),
  /** What it is about, such as `password-reset`. */
  kind: z.string().regex(/^[a-z]+(-[a-z]+)*$/, "Lower-case words joined by hyphens").max(100).optional(),
  cursor: cursorOf([z.uuid()]).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type MailQuery = z.output<typeof MailQuery>;

export const MailEntry = z.object({
  id: z.uuid(),
  kind: z.string(),
  /** Whole for a super administrator, `a…@example.com` for others. */
  recipient: z.string(),
  subject: z.string(),
  createdAt: z.iso.datetime(),
  state: MailState,
  sentAt: z.iso.datetime().nullable(),
  attempts: z.number().int(),
  /** Why the last attempt failed. */
  lastError: z.string().nullable(),
});
export type MailEntry = z.infer<typeof MailEntry>;

export const MailPage = z.object({
  mails: z.array(MailEntry),
  next: z.string().nullable(),
  /** False where no SMTP_URL is set: mails are printed in the server's terminal instead. */
  smtp: z.boolean(),
});

export const MailText = MailEntry.extend({ body: z.string() });
export type MailText = z.infer<typeof MailText>;
