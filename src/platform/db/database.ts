import { processWide } from "#lib/process-wide.ts";
import { environment } from "#platform/config/environment.ts";
import type { Database } from "./engine.ts";
import { openServer } from "./server-engine.ts";

export type { Database };

const holder = processWide<{ opening: Promise<Database> | undefined }>("database", () => ({ opening: undefined }));

/** Makes `opening` the process's database: called by the entry, a command, or a test before anything queries. */
export function useDatabase(opening: Promise<Database> | undefined): void {
  holder.opening = opening;
}

/**
 * The process's database. Where no entry has opened one (a serverless function), DATABASE_URL is opened at first use;
 * a failed opening is tried again at the next call.
 */
export function database(): Promise<Database> {
  if (holder.opening === undefined) {
    const { DATABASE_URL, DATABASE_POOL_MAX } = environment();
    if (DATABASE_URL === undefined) {
      throw new Error("No database is open. Start the application with npm start, or set DATABASE_URL.");
    }
    holder.opening = openServer({ url: DATABASE_URL, poolMax: DATABASE_POOL_MAX });
    holder.opening.catch(() => (holder.opening = undefined));
  }
  return holder.opening;
}
