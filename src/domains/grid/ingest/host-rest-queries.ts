import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";

/** Until when a server asked to be left alone; null for one that may be asked at `now`. */
export async function findRest(tx: Tx, host: string, now: Date): Promise<Date | null> {
  const row = await tx.selectFrom("app.host_rests").select("rests_until").where("host", "=", host).where("rests_until", ">", now).executeTakeFirst();
  return row?.rests_until ?? null;
}

/** Notes until when a server asks to be left alone; of two such times the later one holds. Rests that are over are forgotten. */
export async function noteRest(tx: Tx, host: string, until: Date, now: Date): Promise<void> {
  await tx.deleteFrom("app.host_rests").where("rests_until", "<=", now).execute();
  await sql`
    insert into app.host_rests as rest (host, rests_until) values (${host}, ${until})
    on conflict (host) do update set rests_until = greatest(rest.rests_until, excluded.rests_until)`.execute(tx);
}
