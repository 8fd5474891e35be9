import { useEffect, useRef, useState } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";
import type { EditedHelpEntry } from "#domains/help/edit-schema.ts";
import { findDraft, forgetDraft, storeDraft, type StoredDraft } from "#domains/help/components/editing/draft-store.ts";
import * as calls from "#domains/help/components/editing/edit-calls.ts";
import { emptyDraft, errorsByField, isSameDraft, toContent, toDraft, type EntryDraft } from "#domains/help/components/editing/entry-draft.ts";

/** Where a new entry's draft is kept: no entry has this id. */
const newKey = "new";
const storeAfterMs = 250;

/** Somebody else's newer text, and whether it is being merged by hand. */
export interface Conflict {
  theirs: EditedHelpEntry;
  merging: boolean;
}

type Act = "saving" | "publishing" | "unpublishing" | "deleting" | "restoring";

interface EditorOptions {
  /** The entry as the page was loaded with it, null for a new one. */
  initial: EditedHelpEntry | null;
  /** Called when a new entry has been made. */
  onCreated: (id: string) => void;
  /** Something is about to be done: what was said of the last thing no longer holds. */
  onBegin: () => void;
  /** Says what was done, and how to undo it. */
  onDone: (text: string, undo?: () => void) => void;
}

/** The editor's state: the text being written, what it is based on, and what the server holds. */
export function useEntryEditor({ initial, onCreated, onBegin, onDone }: EditorOptions) {
  const [entry, setEntry] = useState(initial);
  const [saved, setSaved] = useState(() => (initial ? toDraft(initial.content) : emptyDraft));
  const [draft, setDraft] = useState(saved);
  const [base, setBase] = useState(initial?.revision ?? 0);
  const [id, setId] = useState("");
  const [note, setNote] = useState("");
  const [act, setAct] = useState<Act | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [broughtBack, setBroughtBack] = useState(false);
  const [ready, setReady] = useState(false);
  const acting = useRef(false);
  const key = initial?.id ?? newKey;
  const dirty = !isSameDraft(draft, saved) || id !== "";

  // The server doesn't know what this tab keeps: it comes in once the page stands.
  useEffect(() => {
    let gone = false;
    queueMicrotask(() => {
      if (gone) return;
      const kept = findDraft(key);
      if (kept) {
        bringBack(kept);
        setBroughtBack(true);
      }
      setReady(true);
    });
    return () => {
      gone = true;
    };
  }, [key]);

  const store = useRef<() => void>(() => undefined);
  useEffect(() => {
    store.current = () => {
      if (!ready) return;
      if (dirty) storeDraft(key, { base, draft, id, note });
      else forgetDraft(key);
    };
    const timer = setTimeout(() => store.current(), storeAfterMs);
    return () => clearTimeout(timer);
  }, [ready, key, dirty, base, draft, id, note]);
  useEffect(() => {
    const leave = () => store.current();
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, []);

  function bringBack({ draft: text, base: from, id: chosen, note: said }: StoredDraft) {
    setDraft(text);
    setId(chosen);
    setNote(said);
    if (from > 0) setBase(from);
  }

  function change(part: Partial<EntryDraft>) {
    setDraft((current) => ({ ...current, ...part }));
  }

  /** Runs one thing at a time; what it is refused for is shown. Answers null then. */
  async function run<T>(what: Act, work: () => Promise<T>): Promise<T | null> {
    if (acting.current) return null;
    acting.current = true;
    onBegin();
    setAct(what);
    setProblem(null);
    setErrors(new Map());
    try {
      return await work();
    } catch (error) {
      await refused(problemOf(error));
      return null;
    } finally {
      acting.current = false;
      setAct(null);
    }
  }

  async function refused(found: Problem) {
    const fields = errorsByField(found.errors);
    if (entry && found.code === "CONFLICT" && fields.has("base")) {
      try {
        const theirs = await calls.readEntry(entry.id);
        if (dirty) return setConflict({ theirs, merging: false });
        showTheirs(theirs);
        return setProblem({ ...found, detail: `Revision ${theirs.revision} was saved meanwhile and is shown now. Look at it, then try again.` });
      } catch (error) {
        return setProblem(problemOf(error));
      }
    }
    setErrors(fields);
    setProblem(found);
  }

  /** Takes over what the server answered to a change of state; the text being written stays. */
  function settle(changed: EditedHelpEntry): EditedHelpEntry {
    setEntry(changed);
    return changed;
  }

  async function keep(from: number): Promise<EditedHelpEntry> {
    const sent = draft;
    const text = { content: toContent(sent), note };
    const stored = entry ? await calls.saveEntry(entry.id, from, text) : await calls.createEntry(id.trim(), text);
    setSaved(sent);
    setBase(stored.revision);
    setNote("");
    setConflict(null);
    setBroughtBack(false);
    if (entry) return settle(stored);
    forgetDraft(key);
    store.current = () => undefined;
    setId("");
    onCreated(stored.id);
    return stored;
  }

  /** Answers whether it is stored, so that what should follow can. */
  async function save(from = base): Promise<boolean> {
    if (entry && !dirty) {
      onDone(`Nothing to save: revision ${entry.revision} holds this text`);
      return true;
    }
    const stored = await run("saving", () => keep(from));
    if (stored) onDone(entry ? `Saved revision ${stored.revision}. Readers see it once it is published` : "The entry is made. Readers see it once it is published");
    return stored !== null;
  }

  async function publish() {
    if (!entry) return;
    const before = entry;
    const done = await run("publishing", async () => {
      const newest = dirty ? (await keep(base)).revision : before.revision;
      return settle(await calls.publishEntry(before.id, newest));
    });
    if (!done) return;
    const earlier = before.publishedRevision;
    const undo = () =>
      void run("unpublishing", async () => settle(earlier === null ? await calls.unpublishEntry(before.id, done.revision) : await calls.publishEntry(before.id, done.revision, earlier))).then(
        (undone) => undone && onDone(earlier === null ? "Unpublished again" : `Revision ${earlier} is published again`));
    onDone(`Published revision ${done.revision}. Readers see it, and Ask cites it, from now on`, earlier === done.revision ? undefined : undo);
  }

  async function unpublish() {
    const earlier = entry?.publishedRevision ?? null;
    if (!entry || earlier === null) return;
    const { id: entryId, revision } = entry;
    const done = await run("unpublishing", async () => settle(await calls.unpublishEntry(entryId, revision)));
    const undo = () => void run("publishing", async () => settle(await calls.publishEntry(entryId, revision, earlier))).then((undone) => undone && onDone(`Revision ${earlier} is published again`));
    if (done) onDone("Unpublished. Readers don’t see the entry any more", undo);
  }

  async function remove() {
    if (!entry) return;
    const { id: entryId, revision } = entry;
    const done = await run("deleting", async () => settle(await calls.deleteEntry(entryId, revision)));
    if (done) onDone("Deleted. Its texts are kept", () => void restore());
  }

  async function restore() {
    if (!entry) return;
    const done = await run("restoring", async () => settle(await calls.restoreEntry(entry.id, entry.revision)));
    if (done) onDone(done.status === "published" ? "Restored and published as it was" : "Restored, unpublished as it was");
  }

  /** Throws away what was written since the newest saved text; undone, it is back. */
  function discard() {
    if (conflict && !conflict.merging) return takeTheirs();
    const mine = { draft, base, id, note };
    if (entry) setBase(entry.revision);
    setDraft(saved);
    setId("");
    setNote("");
    setBroughtBack(false);
    onDone("Your changes are discarded", () => bringBack(mine));
  }

  function showTheirs(theirs: EditedHelpEntry) {
    const text = toDraft(theirs.content);
    setEntry(theirs);
    setSaved(text);
    setDraft(text);
    setBase(theirs.revision);
  }

  function takeTheirs() {
    if (!conflict) return;
    const mine = { draft, saved, base, entry, conflict };
    showTheirs(conflict.theirs);
    setConflict(null);
    setBroughtBack(false);
    onDone(`Revision ${conflict.theirs.revision} took the place of your text`, () => {
      setDraft(mine.draft);
      setSaved(mine.saved);
      setBase(mine.base);
      setEntry(mine.entry);
      setConflict(mine.conflict);
    });
  }

  /** What is saved from now on takes the place of theirs, which stays in the history. */
  function mergeByHand() {
    if (!conflict) return;
    setEntry(conflict.theirs);
    setSaved(toDraft(conflict.theirs.content));
    setBase(conflict.theirs.revision);
    setConflict({ ...conflict, merging: true });
  }

  return {
    entry, draft, id, note, dirty, base, act, problem, errors, conflict, broughtBack,
    change, setId, setNote, save, publish, unpublish, remove, restore, discard, takeTheirs, mergeByHand,
    keepMine: () => (conflict ? save(conflict.theirs.revision) : Promise.resolve(false)),
    closeConflict: () => setConflict(null),
  };
}

export type EntryEditorState = ReturnType<typeof useEntryEditor>;
