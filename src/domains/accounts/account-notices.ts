import { appOrigin } from "#platform/config/origin.ts";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { postMail } from "#platform/mail/mail.ts";

const ifNot = () => `If it wasn't you, set a new password at once: ${appOrigin()}/reset-password`;

/** Tells the owner of an account that its password is another one now. */
export async function postPasswordNotice(tx: Tx, recipient: string): Promise<void> {
  const body = `The password of your Tieline account was changed, and all other sessions were ended.\n\n${ifNot()}`;
  await postMail(tx, { kind: "password-notice", recipient, subject: "Your Tieline password was changed", body });
}

/** Tells the present address that the account is about to move to another one. */
export async function postEmailNotice(tx: Tx, recipient: string, next: string): Promise<void> {
  const body = `Your Tieline account moves from this address to ${next} as soon as the link in the mail to that address is opened.\n\n${ifNot()}`;
  await postMail(tx, { kind: "email-notice", recipient, subject: "Your Tieline account is about to move", body });
}
