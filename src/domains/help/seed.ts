import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { syncDocuments } from "#domains/knowledge/server.ts";
import { toDocument } from "./document.ts";
import * as queries from "./queries.ts";
import { forgetHelpEntries } from "./service.ts";
import { readSeedEntries } from "./seed-files.ts";

export interface SeedOutcome {
  written: number;
  unchanged: number;
  /** Entries that a person edited, unpublished, deleted or created: left alone. */
  edited: number;
  removed: number;
}

export interface SeedOptions {
  /**
   * Also deletes entries that are no longer checked in, with their ratings. Not at a start: an older version that starts
   * beside a newer one would delete what it doesn't know yet.
   */
  removeMissing?: boolean;
  /** Hears how many entries are written. */
  onProgress?: (done: number, total: number) => void;
}

/** Entries written in one statement. */
const batchSize = 50;

/**
 * Brings the database's help entries to the checked-in text and the index to the entries, in one transaction. Safe to run
 * again: unchanged entries are not written, and what a person changed stays as it is: edited, unpublished or deleted.
 */
export async function seedHelp({ removeMissing = false, onProgress = () => undefined }: SeedOptions = {}): Promise<SeedOutcome> {
  const entries = await readSeedEntries();
  const outcome = await db.as(system("help.seed"), async (tx) => {
    const states = new Map((await queries.listSeedStates(tx)).map((state) => [state.id, state]));
    const kept = entries.filter(({ id }) => states.get(id)?.byPerson);
    const changed = entries.filter(({ id, hash }) => !states.get(id)?.byPerson && states.get(id)?.seededHash !== hash);
    for (let done = 0; done < changed.length; done += batchSize) {
      await queries.upsertSeeded(tx, changed.slice(done, done + batchSize));
      onProgress(Math.min(done + batchSize, changed.length), changed.length);
    }
    const missing = [...states.values()].filter(({ id, byPerson }) => !byPerson && !entries.some((entry) => entry.id === id));
    const gone = removeMissing ? missing : [];
    for (const { id } of gone) await queries.deleteEntry(tx, id);
    await syncDocuments(tx, { tenantId: null, source: "help" }, async () => (await queries.listForIndex(tx)).map(toDocument));
    const unchanged = entries.length - changed.length - kept.length;
    return { written: changed.length, unchanged, edited: kept.length, removed: gone.length };
  });
  forgetHelpEntries();
  return outcome;
}
