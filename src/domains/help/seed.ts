import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import type { DocumentInput } from "#domains/knowledge/index.ts";
import { syncDocuments } from "#domains/knowledge/server.ts";
import * as queries from "./queries.ts";
import { forgetHelpEntries } from "./service.ts";
import { readSeedEntries } from "./seed-files.ts";

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
 * Brings the database's help entries to the checked-in text and the index to the entries, in one transaction. Safe to run
 * again: unchanged entries are not written, edited ones are kept.
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
      await queries.upsertSeeded(tx, entry);
      onProgress(done + 1, changed.length);
    }
    const missing = [...states.keys()].filter((id) => !isEdited(id) && !entries.some((entry) => entry.id === id));
    const gone = removeMissing ? missing : [];
    for (const id of gone) await queries.deleteEntry(tx, id);
    await syncDocuments(tx, { tenantId: null, source: "help" }, (await queries.listForIndex(tx)).map(toDocument));
    const unchanged = entries.length - changed.length - edited.length;
    return { written: changed.length, unchanged, edited: edited.length, removed: gone.length };
  });
  forgetHelpEntries();
  return outcome;
}

function toDocument(entry: Awaited<ReturnType<typeof queries.listForIndex>>[number]): DocumentInput {
  return {
    tenantId: null,
    source: "help",
    sourceId: entry.id,
    title: entry.title,
    url: `/help/${entry.id}`,
    tags: entry.tags,
    questions: entry.questions,
    language: entry.language === "fr" ? "french" : "english",
    markdown: entry.body,
    updatedAt: entry.updated_at,
  };
}
