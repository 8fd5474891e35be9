const types = ["recovery", "signup", "email_change", "magiclink"] as const;

/** What the link of a mail says in its fragment. */
export interface MailLink {
  type: (typeof types)[number];
  tokenHash: string;
}

/** Reads `#type=…&token_hash=…`, null when it is anything else. */
export function mailLink(fragment: string): MailLink | null {
  const values = new URLSearchParams(fragment.replace(/^#/, ""));
  const type = types.find((known) => known === values.get("type"));
  const tokenHash = values.get("token_hash") ?? "";
  return type !== undefined && /^[\w-]{16,200}$/.test(tokenHash) ? { type, tokenHash } : null;
}
