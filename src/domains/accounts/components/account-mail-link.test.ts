import { expect, test } from "vitest";
import { mailLink } from "./account-mail-link.ts";

const tokenHash = "0123456789abcdef0123456789abcdef";

test("a link says what it is for", () => {
  expect(mailLink(`#type=recovery&token_hash=${tokenHash}`)).toEqual({ type: "recovery", tokenHash });
  expect(mailLink(`#token_hash=pkce_${tokenHash}&type=email_change`)).toEqual({ type: "email_change", tokenHash: `pkce_${tokenHash}` });
});

test.each(["", "#", "#type=recovery", `#token_hash=${tokenHash}`, `#type=invite&token_hash=${tokenHash}`, "#type=recovery&token_hash=short", `#type=recovery&token_hash=${tokenHash}%00`, "#%E0%A4%A"])("%j is none", (fragment) => {
  expect(mailLink(fragment)).toBeNull();
});
