import { AppError } from "#lib/errors.ts";
import { pageOf } from "#lib/cursor.ts";
import type { Admin } from "#platform/auth/principal.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { hashEntry } from "./content-hash.ts";
import type { EditedHelpEntry, HelpList, HelpListQuery, HelpRevision, HelpRevisionList, HelpRevisionsQuery } from "./edit-schema.ts";
import * as queries from "./revision-queries.ts";
import { noSuchEntry } from "./service.ts";

/** Entries by title, as editors see them. */
export async function listHelpEntries(admin: Admin, query: HelpListQuery): Promise<HelpList> {
  const rows = await db.as(admin, (tx) => queries.listHeads(tx, query, { after: query.cursor ?? null, limit: query.limit + 1 }));
  const { items, nextCursor } = pageOf(rows, query.limit, ({ key }) => key);
  return { items: items.map(({ item }) => item), nextCursor };
}

/** An entry's newest text and state, a deleted one's too. Throws NOT_FOUND. */
export function getEditedHelpEntry(admin: Admin, id: string): Promise<EditedHelpEntry> {
  return db.as(admin, (tx) => getEdited(tx, id));
}

/** An entry's saved texts, newest first. Throws NOT_FOUND. */
export async function listHelpRevisions(admin: Admin, id: string, { cursor, limit }: HelpRevisionsQuery): Promise<HelpRevisionList> {
  const before = cursor === undefined ? null : Number(cursor[0]);
  const rows = await db.as(admin, (tx) => queries.listRevisions(tx, id, { before, limit: limit + 1 }));
  if (rows.length === 0 && before === null) throw noSuchEntry(id);
  return pageOf(rows, limit, ({ revision }) => [String(revision)]);
}

/** One saved text. Throws NOT_FOUND. */
export function getHelpRevision(admin: Admin, id: string, revision: number): Promise<HelpRevision> {
  return db.as(admin, (tx) => getRevision(tx, id, revision));
}

/** The same inside a unit of work. */
export async function getEdited(tx: Tx, id: string): Promise<EditedHelpEntry> {
  const found = await queries.findEdited(tx, id);
  if (!found) throw noSuchEntry(id);
  return { ...found, hash: hashEntry({ id, ...found.content }) };
}

/** The same inside a unit of work. */
export async function getRevision(tx: Tx, id: string, revision: number): Promise<HelpRevision> {
  const found = await queries.findRevision(tx, id, revision);
  if (!found) throw new AppError("NOT_FOUND", { detail: `The entry "${id}" has no revision ${revision}.` });
  return found;
}
