import { helpTopics } from "#domains/help/topics.ts";
import { emptyDraft, type EntryDraft } from "#domains/help/components/editing/entry-draft.ts";

/** What was typed into an entry's editor and not saved, and the revision it began from. */
export interface StoredDraft {
  base: number;
  draft: EntryDraft;
  /** The new entry's id. */
  id: string;
  note: string;
}

const keyOf = (entryId: string) => `tieline.help-draft.${entryId}`;

/** Keeps a draft as long as the tab lives; a browser that keeps nothing for us is no reason to stop. */
export function storeDraft(entryId: string, draft: StoredDraft): void {
  try {
    sessionStorage.setItem(keyOf(entryId), JSON.stringify(draft));
  } catch {
    // Full, or switched off.
  }
}

export function forgetDraft(entryId: string): void {
  try {
    sessionStorage.removeItem(keyOf(entryId));
  } catch {
    // Switched off.
  }
}

/** The draft of an entry, or null when none is kept that can be read. */
export function findDraft(entryId: string): StoredDraft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(entryId)) ?? "null");
    return isStoredDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** By hand: a schema would bring a validator to a page that needs no other. */
function isStoredDraft(value: unknown): value is StoredDraft {
  if (!isRecord(value) || typeof value.base !== "number" || typeof value.id !== "string" || typeof value.note !== "string") return false;
  const { draft } = value;
  if (!isRecord(draft) || !Array.isArray(draft.sources)) return false;
  const texts = Object.entries(emptyDraft).filter(([, empty]) => typeof empty === "string");
  return (
    texts.every(([name]) => typeof draft[name] === "string") &&
    helpTopics.some((topic) => topic === draft.topic) &&
    ["en", "fr"].some((language) => language === draft.language) &&
    draft.sources.every((source) => isRecord(source) && typeof source.title === "string" && typeof source.url === "string")
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
