import { z } from "zod";
import { HelpTopic } from "#domains/help/schema.ts";

/** What was typed into an entry's editor and not saved, and the revision it began from. */
const StoredDraft = z.object({
  base: z.number().int(),
  draft: z.object({
    title: z.string(), short: z.string(), topic: HelpTopic, language: z.enum(["en", "fr"]), translates: z.string(), tags: z.string(), questions: z.string(),
    sources: z.array(z.object({ title: z.string(), url: z.string() })), body: z.string(),
  }),
  /** The new entry's id, or the note on the change. */
  id: z.string(),
  note: z.string(),
});
export type StoredDraft = z.infer<typeof StoredDraft>;

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
    return StoredDraft.safeParse(JSON.parse(sessionStorage.getItem(keyOf(entryId)) ?? "null")).data ?? null;
  } catch {
    return null;
  }
}
