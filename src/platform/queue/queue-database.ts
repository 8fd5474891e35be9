import { CompiledQuery } from "kysely";
import type { Db } from "pg-boss";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";

const worker = system("queue");

/** pg-boss frames what must happen together itself; inside a unit of work that frame would end it early. */
const framed = /^\s*BEGIN;(.*)COMMIT;?\s*$/s;

/** pg-boss's access to the database: every call is a unit of work of the service role. */
export const queueDatabase: Db = {
  async executeSql(text, values) {
    if (values !== undefined && values.length > 0) {
      return db.as(worker, (tx) => tx.executeQuery(CompiledQuery.raw(text, values)));
    }
    return { rows: await db.script(worker, framed.exec(text)?.[1] ?? text) };
  },
};
