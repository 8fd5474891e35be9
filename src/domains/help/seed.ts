import { system } from "#platform/auth/principal.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { indexDocument, removeDocument } from "#domains/knowledge/server.ts";
import * as queries from "./queries.ts";
import { forgetHelpEntries } from "./service.ts";
import { readSeedEntries, type SeedEntry } from "./seed-files.ts";

export interface SeedOutcome {
  written: number;
  unchanged: number;
  /** Entries that a person edited: left alone. */
  edited: number;
  removed: number;
}

export interface SeedOptions {
  /**
   * Also deletes entries that are no longer checked in, with their ratings. Not at a start: an older version that starts
   * beside a newer one would delete what it doesn't know yet.
   */
  removeMissing?: boolean;
  /** Hears of each entry written. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Brings the database's help entries and their index to the checked-in text, in one transaction. Safe to run again:
 * unchanged entries cost nothing, edited ones are kept.
 */
export async function seedHelp({ removeMissing = false, onProgress = () => undefined }: SeedOptions = {}): Promise<SeedOutcome> {
  const entries = await readSeedEntries();
  const outcome = await db.as(system("help.seed"), async (tx) => {
    const states = new Map((await queries.listSeedStates(tx)).map((state) => [state.id, state]));
    const isEdited = (id: string) => {
      const state = states.get(id);
      return state !== undefined && state.content_hash !== state.seeded_hash;
    };
    const edited = entries.filter((entry) => isEdited(entry.id));
    const changed = entries.filter((entry) => !isEdited(entry.id) && states.get(entry.id)?.seeded_hash !== entry.hash);
    for (const [done, entry] of changed.entries()) {
      await writeEntry(tx, entry);
      onProgress(done + 1, changed.length);
    }
    const missing = [...states.keys()].filter((id) => !isEdited(id) && !entries.some((entry) => entry.id === id));
    const gone = removeMissing ? missing : [];
    for (const id of gone) {
      await removeDocument(tx, { tenantId: null, source: "help", sourceId: id });
      await queries.deleteEntry(tx, id);
    }
    const unchanged = entries.length - changed.length - edited.length;
    return { written: changed.length, unchanged, edited: edited.length, removed: gone.length };
  });
  forgetHelpEntries();
  return outcome;
}

async function writeEntry(tx: Tx, entry: SeedEntry): Promise<void> {
  await queries.upsertSeeded(tx, entry);
  await indexDocument(tx, {
    tenantId: null,
    source: "help",
    sourceId: entry.id,
    title: entry.title,
    url: `/help/${entry.id}`,
    keywords: entry.tags,
    markdown: entry.body,
  });
}
