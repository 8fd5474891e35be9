import { test as base, expect } from "@playwright/test";
import { watchTokens } from "./no-tokens.ts";

function urlOf(name: string): string {
  const url = process.env[name];
  if (url === undefined) throw new Error(`${name} isn't set: run the journeys through npm test`);
  return url;
}

/** Journeys on the application without a model: answers are quoted. A page that logs an error fails its test. */
export const test = base.extend<{ quietConsole: undefined; noTokens: undefined; allowedErrors: RegExp[] }>({
  baseURL: ({}, use) => use(urlOf("APP_URL_QUOTING")),
  allowedErrors: [[], { option: true }],
  quietConsole: [
    async ({ page, allowedErrors }, use) => {
      const errors: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" && !allowedErrors.some((pattern) => pattern.test(message.text()))) errors.push(message.text());
      });
      page.on("pageerror", (error) => errors.push(error.message));
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
