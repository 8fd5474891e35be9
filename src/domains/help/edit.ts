import { AppError } from "#lib/errors.ts";
import type { Admin } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { indexDocument, removeDocument } from "#domains/knowledge/server.ts";
import { hashEntry } from "./content-hash.ts";
import { documentKey, toDocument } from "./document.ts";
import * as queries from "./edit-queries.ts";
import type { LockedEntry } from "./edit-queries.ts";
import type { EditedHelpEntry, HelpContent, HelpCreateRequest, HelpPublishRequest, HelpSaveRequest } from "./edit-schema.ts";
import { getEdited, getRevision } from "./revisions.ts";
import { insertRevision } from "./revision-queries.ts";
import { forgetHelpEntries, noSuchEntry } from "./service.ts";

/** Makes an entry that readers don't see yet. Throws CONFLICT when its id is taken. */
export async function createHelpEntry(admin: Admin, { id, content, note = "" }: HelpCreateRequest): Promise<EditedHelpEntry> {
  return db.as(admin, async (tx) => {
    await requireOriginal(tx, id, content);
    if (!(await queries.insertEntry(tx, id, content, hashEntry({ id, ...content })))) throw await takenId(tx, id);
    await insertRevision(tx, { entryId: id, revision: 1, content, author: authorOf(admin), note });
    await audit(tx, "help.saved", id, { after: { revision: 1, title: content.title } });
    return getEdited(tx, id);
  });
}

/** Stores a text as the entry's newest revision; readers go on seeing what is published. Throws NOT_FOUND and CONFLICT. */
export function saveHelpEntry(admin: Admin, id: string, { base, content, note = "" }: HelpSaveRequest): Promise<EditedHelpEntry> {
  return change(admin, id, base, (tx, entry) => saveHead(tx, admin, entry, content, note, {}));
}

/** Makes the text of an earlier revision the newest one; it isn't published by that. Throws NOT_FOUND and CONFLICT. */
export function restoreHelpRevision(admin: Admin, id: string, revision: number, base: number): Promise<EditedHelpEntry> {
  return change(admin, id, base, async (tx, entry) => {
    const { content } = await getRevision(tx, id, revision);
    await saveHead(tx, admin, entry, content, `Restored from revision ${revision}`, { restoredFrom: revision });
  });
}

/** Makes a revision, the newest unless another is named, what readers see, find and are cited. Throws NOT_FOUND and CONFLICT. */
export function publishHelpEntry(admin: Admin, id: string, { base, revision = base }: HelpPublishRequest): Promise<EditedHelpEntry> {
  return change(admin, id, base, async (tx, entry) => {
    requireStanding(entry);
    const { content } = await getRevision(tx, id, revision);
    await requireOriginal(tx, id, content);
    const updatedAt = await queries.setPublished(tx, id, { revision, content, hash: hashEntry({ id, ...content }) });
    await indexDocument(tx, toDocument({ id, ...content, updatedAt }));
    await audit(tx, "help.published", id, { before: stateOf(entry), after: { revision, title: content.title, status: "published" } });
  });
}

/** Takes an entry from its readers, and out of the search; its texts stay. Throws NOT_FOUND, and CONFLICT when it isn't published. */
export function unpublishHelpEntry(admin: Admin, id: string, base: number): Promise<EditedHelpEntry> {
  return change(admin, id, base, async (tx, entry) => {
    if (entry.status !== "published") throw new AppError("CONFLICT", { detail: "This entry isn't published. Reload it to see its state." });
    await queries.setStatus(tx, id, "unpublished", null);
    await removeDocument(tx, documentKey(id));
    await audit(tx, "help.unpublished", id, { before: stateOf(entry), after: { revision: null, title: entry.title, status: "unpublished" } });
  });
}

/** Deletes an entry so that it can be restored as it was. Throws NOT_FOUND and CONFLICT. */
export function deleteHelpEntry(admin: Admin, id: string, base: number): Promise<EditedHelpEntry> {
  return change(admin, id, base, async (tx, entry) => {
    requireStanding(entry);
    await queries.setStatus(tx, id, "deleted", entry.publishedRevision);
    await removeDocument(tx, documentKey(id));
    await audit(tx, "help.deleted", id, { before: stateOf(entry), after: { revision: entry.publishedRevision, title: entry.title, status: "deleted" } });
  });
}

/** Brings a deleted entry back as it was: published again when it was. Throws NOT_FOUND, and CONFLICT when it isn't deleted. */
export function restoreHelpEntry(admin: Admin, id: string, base: number): Promise<EditedHelpEntry> {
  return change(admin, id, base, async (tx, entry) => {
    if (entry.status !== "deleted") throw new AppError("CONFLICT", { detail: "This entry isn't deleted. Reload it to see its state." });
    const status = entry.publishedRevision === null ? "unpublished" : "published";
    await queries.setStatus(tx, id, status, entry.publishedRevision);
    if (status === "published") await indexDocument(tx, toDocument(entry));
    await audit(tx, "help.restored", id, { before: stateOf(entry), after: { ...stateOf(entry), status } });
  });
}

/** One change of an entry whose newest revision must still be `base`: whoever comes second gets CONFLICT and loses nothing. */
async function change(admin: Admin, id: string, base: number, work: (tx: Tx, entry: LockedEntry) => Promise<void>): Promise<EditedHelpEntry> {
  const changed = await db.as(admin, async (tx) => {
    const entry = await queries.lockEntry(tx, id);
    if (!entry) throw noSuchEntry(id);
    if (entry.revision !== base) {
      throw new AppError("CONFLICT", {
        detail: `Revision ${entry.revision} was saved meanwhile; yours is based on revision ${base}. Compare the two, then save again.`,
        errors: [{ path: "base", message: `The newest revision is ${entry.revision}` }],
      });
    }
    await work(tx, entry);
    return getEdited(tx, id);
  });
  forgetHelpEntries();
  return changed;
}

async function saveHead(tx: Tx, admin: Admin, entry: LockedEntry, content: HelpContent, note: string, facts: Record<string, unknown>): Promise<void> {
  requireStanding(entry);
  await requireOriginal(tx, entry.id, content);
  const revision = entry.revision + 1;
  await queries.setHead(tx, entry.id, revision);
  await insertRevision(tx, { entryId: entry.id, revision, content, author: authorOf(admin), note });
  await audit(tx, "help.saved", entry.id, { before: { revision: entry.revision, title: entry.title }, after: { revision, title: content.title, ...facts } });
}

function requireStanding({ status }: LockedEntry): void {
  if (status === "deleted") throw new AppError("CONFLICT", { detail: "This entry was deleted. Restore it first." });
}

/** The entry that this one translates must be there, and be another one. */
async function requireOriginal(tx: Tx, id: string, { translates }: HelpContent): Promise<void> {
  if (translates === undefined) return;
  const message = translates === id ? "An entry can't be a translation of itself" : (await queries.entryExists(tx, translates)) ? null : `There is no entry "${translates}"`;
  if (message !== null) throw new AppError("INVALID_REQUEST", { detail: `${message}. Choose another, or none.`, errors: [{ path: "content.translates", message }] });
}

async function takenId(tx: Tx, id: string): Promise<AppError> {
  const deleted = !(await queries.entryExists(tx, id));
  const detail = deleted ? `A deleted entry has the id "${id}". Restore it, or choose another id.` : `There is already an entry "${id}". Edit it, or choose another id.`;
  return new AppError("CONFLICT", { detail, errors: [{ path: "id", message: "This id is taken" }] });
}

const authorOf = ({ adminId, name }: Admin) => ({ id: adminId, name });
const stateOf = ({ publishedRevision, title, status }: LockedEntry) => ({ revision: publishedRevision, title, status });
