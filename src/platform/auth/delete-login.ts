import { sql } from "kysely";
import { environment } from "#platform/config/environment.ts";
import { authKysely } from "#platform/db/auth-kysely.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { system } from "./principal.ts";

/**
 * Deletes what the auth plane keeps of a user: password, sessions, identities, and of the built-in one its record of what
 * they did. Nothing to do is no error.
 */
export async function deleteLogin(userId: string): Promise<void> {
  if (environment().SUPABASE_URL !== undefined) {
    await db.as(system("accounts.delete_login"), (tx) => sql`select app.delete_auth_user(${userId})`.execute(tx));
    return;
  }
  await authKysely().transaction().execute(async (tx) => {
    // Neither of these goes with the user by itself.
    await sql`delete from auth.refresh_tokens where user_id = ${userId}`.execute(tx);
    await sql`delete from auth.flow_state where user_id = ${userId}`.execute(tx);
    await sql`delete from auth.audit_log_entries where payload ->> 'actor_id' = ${userId}`.execute(tx);
    await sql`delete from auth.users where id = ${userId}`.execute(tx);
  });
}
