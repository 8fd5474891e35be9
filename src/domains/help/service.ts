import { AppError, isAppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { processWide } from "#lib/process-wide.ts";
import { anonymous, tenantOf, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { retrieve, snippetOf } from "#domains/knowledge/server.ts";
import * as queries from "./queries.ts";
import type { HelpEntryResponse, HelpFeedbackRequest, HelpManifest, HelpSearchQuery, HelpSearchResult } from "./schema.ts";
import { readSeedEntries } from "./seed-files.ts";

interface LoadedEntry {
  entry: HelpEntryResponse;
  version: string;
}

/** How long an entry is served without asking the database: another process may have published meanwhile. */
const cacheLifetimeMs = 10_000;
const snippetCharacters = 300;
const cache = processWide("help-entries", () => new Map<string, LoadedEntry & { until: number }>());

export const noSuchEntry = (id: string) => new AppError("NOT_FOUND", { detail: `There is no help entry "${id}".` });

/** Every published entry without its text; the shipped copy while the database is away. */
export async function getHelpManifest(): Promise<HelpManifest> {
  return orBundled<HelpManifest>(
    async () => ({ origin: "database", entries: await db.as(anonymous, queries.listSummaries) }),
    async () => {
      const entries = (await bundledEntries()).map(({ body: _body, sources: _sources, questions: _questions, ...summary }) => summary);
      return { origin: "bundled", entries: entries.sort((a, b) => a.title.localeCompare(b.title)) };
    },
  );
}

/** One published entry; the shipped copy while the database is away. Throws NOT_FOUND. */
export async function getHelpEntry(id: string): Promise<HelpEntryResponse> {
  return (await loadEntry(id)).entry;
}

/** The version of an entry, for revalidation. Throws NOT_FOUND. */
export async function helpVersion(id: string): Promise<string> {
  return (await loadEntry(id)).version;
}

/** Forgets cached entries: to be called when entries change. */
export function forgetHelpEntries(): void {
  cache.clear();
}

async function loadEntry(id: string): Promise<LoadedEntry> {
  const cached = cache.get(id);
  if (cached && cached.until > Date.now()) return cached;
  return orBundled<LoadedEntry>(
    async () => {
      const found = await db.as(anonymous, (tx) => queries.findEntry(tx, id));
      if (!found) throw noSuchEntry(id);
      const loaded: LoadedEntry = { entry: { ...found.entry, origin: "database" }, version: found.hash };
      cache.set(id, { ...loaded, until: Date.now() + cacheLifetimeMs });
      return loaded;
    },
    async () => {
      const entry = (await bundledEntries()).find((candidate) => candidate.id === id);
      if (!entry) throw noSuchEntry(id);
      return { entry: { ...entry, origin: "bundled" }, version: `bundled ${entry.updatedAt}` };
    },
  );
}

/** Entries whose text answers `q`, best first, with the section that matched and where its words stand. */
export async function searchHelp({ q, limit, language, tag }: HelpSearchQuery): Promise<HelpSearchResult> {
  const filter = {
    sources: ["help"],
    ...(language === undefined ? {} : { languages: [language === "fr" ? ("french" as const) : ("english" as const)] }),
    ...(tag === undefined ? {} : { tags: [tag] }),
  };
  const { retrievals } = await retrieve(anonymous, [q], { limit: limit * 3, filter });
  const { passages, terms } = retrievals[0] ?? { passages: [], terms: [] };
  const best = [...new Map(passages.toReversed().map((passage) => [passage.sourceId, passage])).values()]
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit);
  const summaries = await db.as(anonymous, (tx) => queries.listSummariesOf(tx, best.map((passage) => passage.sourceId)));
  return {
    results: best.flatMap((passage) => {
      const summary = summaries.find((entry) => entry.id === passage.sourceId);
      if (!summary) return [];
      const { id, title, short, topic } = summary;
      const { text, marks } = snippetOf(passage, terms, snippetCharacters);
      return [{ id, title, short, topic, language: summary.language, heading: passage.heading, snippet: text, marks, score: passage.score }];
    }),
  };
}

/** Stores a rating of an entry; answers its id. Throws NOT_FOUND. */
export async function leaveHelpFeedback(principal: Principal, entryId: string, feedback: HelpFeedbackRequest): Promise<string> {
  const id = newId();
  const stored = await db.as(principal, (tx) => queries.insertFeedback(tx, { id, entryId, tenantId: tenantOf(principal), ...feedback }));
  if (!stored) throw noSuchEntry(entryId);
  return id;
}

async function orBundled<T>(read: () => Promise<T>, fallback: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isAppError(error) && error.code === "DATABASE_UNAVAILABLE") return fallback();
    throw error;
  }
}

async function bundledEntries() {
  const entries = await readSeedEntries();
  return entries.map(({ hash: _hash, modifiedAt, ...entry }) => ({ ...entry, updatedAt: modifiedAt.toISOString() }));
}
