import { system, type Member, type User } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { findUser, listAuditOf, listMadeBy, listOrganisationsOf } from "./account-queries.ts";

const pageRows = 1_000;

/**
 * Everything the application holds about a user, as pieces of one JSON document: profile, memberships, what they made
 * (without secrets), and what the audit log says that they did, oldest first. Feedback and answers name no user.
 */
export async function* exportAccount({ userId }: User | Member): AsyncGenerator<string> {
  const worker = system("accounts.export");
  const facts = await db.as(worker, async (tx) => ({
    account: await findUser(tx, userId),
    organisations: await listOrganisationsOf(tx, userId),
    ...(await listMadeBy(tx, userId)),
  }));
  yield `${JSON.stringify({ exportedAt: new Date().toISOString(), ...facts }, null, 2).slice(0, -2)},\n  "actions": [`;
  let after: string | null = null;
  for (;;) {
    const rows = await db.as(worker, (tx) => listAuditOf(tx, userId, after, pageRows));
    if (rows.length > 0) yield (after === null ? "\n    " : ",\n    ") + rows.map((row) => JSON.stringify(row)).join(",\n    ");
    after = rows.at(-1)?.id ?? after;
    if (rows.length < pageRows) break;
  }
  yield "\n  ]\n}\n";
}
