import type { BrowserContext } from "@playwright/test";
import type { ConsoleAdmin } from "../support/console-admin.ts";

/** The administrator that tests/support/e2e-setup.ts made on the application without a model. */
export function consoleAdmin(): ConsoleAdmin {
  const admin = process.env["CONSOLE_ADMIN"];
  if (admin === undefined) throw new Error("CONSOLE_ADMIN isn't set: run the journeys through npm test");
  return JSON.parse(admin) as ConsoleAdmin;
}

/** Gives a browser that administrator's session, without a log-in: those are limited. */
export async function enterConsole(context: BrowserContext, baseURL: string | undefined): Promise<void> {
  await context.addCookies([{ ...consoleAdmin().cookie, url: baseURL ?? "" }]);
}
