import { AsyncLocalStorage } from "node:async_hooks";
import { appOrigin } from "#platform/config/origin.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { postMail, type Mail } from "#platform/mail/mail.ts";
import { system } from "./principal.ts";

/** A mail as Supabase Lite's driver gets it. */
interface LiteMail {
  to: string;
  text?: string;
}

type LinkType = "recovery" | "signup" | "email_change" | "magiclink";

const words: Record<LinkType, { kind: string; subject: string; says: string }> = {
  recovery: { kind: "password-reset", subject: "Set a new Tieline password", says: "Somebody, probably you, asked for a new password. Set it here:" },
  signup: { kind: "sign-up", subject: "Confirm your Tieline account", says: "Confirm that this address is yours:" },
  email_change: { kind: "email-change", subject: "Confirm your new address for Tieline", says: "Confirm that your account moves to this address:" },
  magiclink: { kind: "sign-in", subject: "Sign in to Tieline", says: "Sign in here:" },
};

const pending = new AsyncLocalStorage<LiteMail[]>();

/** Lite's mail driver: keeps mails until the request that causes them has ended, and with it its transactions. */
export const liteMailDriver = {
  send(mail: LiteMail): Promise<void> {
    pending.getStore()?.push(mail);
    return Promise.resolve();
  },
};

/** Runs a request to Lite, then puts the mails it caused into the outbox. */
export async function withMail(work: () => Response | Promise<Response>): Promise<Response> {
  const mails: LiteMail[] = [];
  const response = await pending.run(mails, work);
  const own = mails.map(ownMail).filter((mail) => mail !== null);
  if (own.length > 0) {
    await db.as(system("accounts.mail"), async (tx) => {
      for (const mail of own) await postMail(tx, mail);
    });
  }
  return response;
}

/**
 * Our words around Lite's token. Its link would change something when it is merely opened, as scanners of mail do; ours
 * opens a page that asks first. The token stands in the fragment, which no log or referrer sees.
 */
function ownMail({ to, text = "" }: LiteMail): Mail | null {
  const address = /https?:\/\/\S+/.exec(text)?.[0];
  if (address === undefined || !URL.canParse(address)) return null;
  const { searchParams } = new URL(address);
  const [token, type] = [searchParams.get("token"), searchParams.get("type")];
  if (token === null || type === null || !Object.hasOwn(words, type)) return null;
  const { kind, subject, says } = words[type as LinkType];
  const link = `${appOrigin()}/confirm#${new URLSearchParams({ type, token_hash: token }).toString()}`;
  const body = `${says}\n\n${link}\n\nThe link works once, for an hour. If it wasn't you, ignore this mail; nothing changes.`;
  return { kind, recipient: to, subject, body };
}
