import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** An open database. Only platform/db itself uses `kysely` and `script`; everyone else has db.as. */
export interface Database {
  engine: "embedded" | "server";
  /** One line for the terminal and the status page, without credentials. */
  description: string;
  kysely: Kysely<Schema>;
  /** Runs several statements without parameters in one transaction; answers the rows of all of them. */
  script(statements: string): Promise<Record<string, unknown>[]>;
  /** Waits for running units of work, then closes. */
  close(): Promise<void>;
}
