import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { readBaseline } from "./seed-files.ts";
import * as queries from "./seed-queries.ts";

export interface ResilienceSeedOutcome {
  written: number;
  unchanged: number;
  removed: number;
}

/**
 * Brings incidents, threat models, mitigation strategies and consultations to the checked-in rows, in one transaction. Rows whose
 * content is the same are not written. With `removeMissing`, rows that are no longer checked in go; not at a start, where an older
 * version beside a newer one would delete what it doesn't know yet.
 */
export async function seedResilience({ removeMissing = false }: { removeMissing?: boolean } = {}): Promise<ResilienceSeedOutcome> {
  const baseline = await readBaseline();
  return db.as(system("resilience.seed"), async (tx) => {
    const outcome = { written: 0, unchanged: 0, removed: 0 };
    for (const { table, rows, write } of queries.tablesOf(baseline)) {
      const hashes = await queries.listSeededHashes(tx, table);
      const changed = rows.filter(({ id, hash }) => hashes.get(id) !== hash);
      if (changed.length > 0) await write(tx, changed.map(({ id }) => id));
      const known = new Set(rows.map(({ id }) => id));
      const missing = removeMissing ? [...hashes.keys()].filter((id) => !known.has(id)) : [];
      if (missing.length > 0) await queries.deleteRows(tx, table, missing);
      outcome.written += changed.length;
      outcome.unchanged += rows.length - changed.length;
      outcome.removed += missing.length;
    }
    return outcome;
  });
}
