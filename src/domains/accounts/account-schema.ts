import { z } from "zod";
import { isPlainName } from "#lib/visible-text.ts";
import { isWholePassword, passwordMaxBytes, passwordMinLength } from "#platform/auth/password-rules.ts";

/** An address as accounts are known by: without regard to case. */
export const AccountEmail = z.email("Write an e-mail address, such as name@example.com.").max(254).toLowerCase();

export const personNameMaxLength = 100;

/** A person's name as others see it, also in mails; may be empty. */
export const PersonName = z
  .string()
  .trim()
  .max(personNameMaxLength, `Use at most ${personNameMaxLength} characters.`)
  .refine(isPlainName, "Use one line without invisible characters.");

/** A password to be set. */
export const NewPassword = z
  .string()
  .min(passwordMinLength, `Use at least ${passwordMinLength} characters.`)
  .max(1_000)
  .refine(isWholePassword, `Use at most ${passwordMaxBytes} bytes: ${passwordMaxBytes} plain letters, or fewer with accents or emoji. The rest would be ignored.`);

/** A password that was set some time: it needs no advice. */
export const GivenPassword = z.string().min(1, "Fill this in.").max(1_000);

/** The secret of an invitation's link. */
export const InvitationToken = z.string().min(1).max(200);

export const SignUpRequest = z.strictObject({
  email: AccountEmail,
  password: NewPassword,
  name: PersonName.optional(),
  /** Leads to an account even while sign-up is closed. */
  invitation: InvitationToken.optional(),
});
export type SignUpRequest = z.infer<typeof SignUpRequest>;

/** `confirm-mail`: a link in a mail comes first. */
export const SignUpResult = z.object({ state: z.enum(["signed-in", "confirm-mail"]) });
export type SignUpResult = z.infer<typeof SignUpResult>;

export const LogInRequest = z.strictObject({ email: AccountEmail, password: GivenPassword });
export type LogInRequest = z.infer<typeof LogInRequest>;

export const AccountPerson = z.object({ id: z.uuid(), email: z.string(), name: z.string() });
export type AccountPerson = z.infer<typeof AccountPerson>;

/** Which of a user's sessions. */
export const SessionChoice = z.enum(["this", "others", "all"]);
export type SessionChoice = z.infer<typeof SessionChoice>;

/** Which sessions end: this one unless said otherwise. */
export const LogOutRequest = z.strictObject({ sessions: SessionChoice }).optional();

export const ResetPasswordRequest = z.strictObject({ email: AccountEmail });

/** The same whether there is such an account or not. */
export const MailUnderWay = z.object({ state: z.literal("mail-under-way") });

export const ConfirmRequest = z
  .strictObject({
    type: z.enum(["recovery", "signup", "email_change", "magiclink"]),
    tokenHash: z.string().regex(/^[\w-]{16,200}$/, "Open the whole link of the mail."),
    /** The new one, with `recovery`. */
    password: NewPassword.optional(),
  })
  .refine(({ type, password }) => type !== "recovery" || password !== undefined, { path: ["password"], message: "Choose a new password." });
export type ConfirmRequest = z.infer<typeof ConfirmRequest>;

/** `other-mail`: the link in the mail to the other address comes next. */
export const ConfirmResult = z.object({ state: z.enum(["signed-in", "other-mail"]) });
export type ConfirmResult = z.infer<typeof ConfirmResult>;

export const OwnOrganisation = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(["owner", "member"]),
  joinedAt: z.iso.datetime(),
  members: z.number().int(),
  /** True when nobody else owns it. */
  soleOwner: z.boolean(),
});
export type OwnOrganisation = z.infer<typeof OwnOrganisation>;

export const Account = AccountPerson.extend({
  createdAt: z.iso.datetime(),
  /** When the newest session began, this one or another; null when the auth plane doesn't say. */
  lastSignedInAt: z.iso.datetime({ offset: true }).nullable(),
  organisations: z.array(OwnOrganisation),
});
export type Account = z.infer<typeof Account>;

export const AccountChange = z.strictObject({ name: PersonName });

export const EmailChangeRequest = z.strictObject({ email: AccountEmail, password: GivenPassword });
export type EmailChangeRequest = z.infer<typeof EmailChangeRequest>;

export const PasswordChangeRequest = z.strictObject({ current: GivenPassword, next: NewPassword });
export type PasswordChangeRequest = z.infer<typeof PasswordChangeRequest>;

export const AccountDeletionRequest = z.strictObject({ password: GivenPassword });
