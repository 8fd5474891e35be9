import { test as base, expect } from "@playwright/test";
import { watchTokens } from "./no-tokens.ts";

function urlOf(name: string): string {
  const url = process.env[name];
  if (url === undefined) throw new Error(`${name} isn't set: run the journeys through npm test`);
  return url;
}

interface Journey {
  quietConsole: undefined;
  noTokens: undefined;
  allowedErrors: RegExp[];
  /** Waits for a mail to an address that holds what is looked for; answers that. */
  outbox: typeof findMailed;
}

async function findMailed(recipient: string, wanted: RegExp): Promise<string> {
  let found: string | undefined;
  const look = async () => {
    const printed = await (await fetch(urlOf("APP_PRINTED_QUOTING"))).text();
    const mails = printed.split("No SMTP_URL is set; this mail was not sent.").filter((mail) => mail.includes(`To: ${recipient}\n`));
    found = mails.map((mail) => wanted.exec(mail)?.[0]).find((text) => text !== undefined);
    return found !== undefined;
  };
  await base.expect.poll(look, { timeout: 20_000, message: `a mail to ${recipient}` }).toBe(true);
  return found ?? "";
}

/** Journeys on the application without a model: answers are quoted. A page that logs an error, or breaks its own policy, fails its test. */
export const test = base.extend<Journey>({
  baseURL: ({}, use) => use(urlOf("APP_URL_QUOTING")),
  // An address that no other journey has.
  extraHTTPHeaders: ({}, use) => use({ "x-forwarded-for": `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 256)).join(".")}` }),
  outbox: ({}, use) => use(findMailed),
  allowedErrors: [[], { option: true }],
  quietConsole: [
    async ({ page, allowedErrors }, use) => {
      const errors: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" && !allowedErrors.some((pattern) => pattern.test(message.text()))) errors.push(message.text());
      });
      page.on("pageerror", (error) => errors.push(error.message));
      // A breach that its script catches is logged by nobody else.
      await page.addInitScript(() =>
        document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => console.error(`Content Security Policy: ${violatedDirective} ${blockedURI} ${sourceFile}`)));
      await use(undefined);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
  /** Fails a journey in which something was written to localStorage or a response's body held a token. */
  noTokens: [
    async ({ page, context }, use) => {
      const { findings } = await watchTokens(page, context);
      await use(undefined);
      expect(await findings()).toEqual([]);
    },
    { auto: true },
  ],
});

/** The same with a model: answers are written by tests/support/fake-openai.ts. */
export const testWithModel = test.extend({ baseURL: ({}, use) => use(urlOf("APP_URL_WRITING")) });

export { expect };
