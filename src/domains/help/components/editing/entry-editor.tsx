"use client";

import { useRouter } from "next/navigation";
import { useDeferredValue, useEffect, useEffectEvent, useRef, useState } from "react";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { TextField } from "#ui/field.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { Toast, useToast } from "#ui/toast.tsx";
import { Button } from "#ui/button.tsx";
import type { EditedHelpEntry } from "#domains/help/edit-schema.ts";
import { ConflictPanel } from "#domains/help/components/editing/conflict-panel.tsx";
import { EditorToolbar } from "#domains/help/components/editing/editor-toolbar.tsx";
import { EntryFields } from "#domains/help/components/editing/entry-fields.tsx";
import { EntryPreview } from "#domains/help/components/editing/entry-preview.tsx";
import { MarkdownEditor } from "#domains/help/components/editing/markdown-editor.tsx";
import { useEntryEditor } from "#domains/help/components/editing/use-entry-editor.ts";
import { useLeaveGuard } from "#domains/help/components/editing/use-leave-guard.ts";
import { PaneSwitch, type Pane } from "#domains/help/components/editing/pane-switch.tsx";

interface EntryEditorProps {
  /** null for a new entry. */
  initial: EditedHelpEntry | null;
  /** Ids of the entries there are. */
  ids: string[];
  canEdit: boolean;
}

/** Writes an entry: its fields, its text with the preview beside it, and what becomes of it. */
export function EntryEditor({ initial, ids, canEdit }: EntryEditorProps) {
  const router = useRouter();
  const root = useRef<HTMLDivElement>(null);
  const { toast, show, close } = useToast();
  const editor = useEntryEditor({
    initial,
    onBegin: close,
    onDone(text, undo) {
      show(text, undo);
      // The page around the editor, and what the browser goes back to, show the entry as it is now.
      router.refresh();
    },
    onCreated: (id) => router.push(`/admin/help/${id}`),
  });
  const { entry, draft, errors, problem, conflict, dirty } = editor;
  const preview = useDeferredValue(draft);
  const guard = useLeaveGuard(dirty && canEdit);
  const [pane, setPane] = useState<Pane>("text");
  const readOnly = !canEdit || entry?.status === "deleted";

  const save = useEffectEvent(() => void editor.save());
  useEffect(() => {
    if (readOnly) return;
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      save();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [readOnly]);

  // The first field that was refused.
  useEffect(() => {
    const [name] = errors.keys();
    if (name === undefined) return;
    const field = root.current?.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"], [data-field="${CSS.escape(name)}"] [contenteditable]`);
    field?.focus();
  }, [errors]);

  return (
    <div ref={root} className="grid gap-4">
      {canEdit ? (
        <EditorToolbar editor={editor} />
      ) : (
        <StateMessage kind="forbidden" title="You can read this, not change it">
          Your role is Viewer. A super admin can give you another one.
        </StateMessage>
      )}
      {editor.broughtBack && (
        <StateMessage kind="partial" title="Your unsaved text is back" action={<Button onClick={editor.discard}>Discard it</Button>}>
          You left this entry before it was saved. This tab kept what you had written.
        </StateMessage>
      )}
      {conflict && <ConflictPanel editor={editor} conflict={conflict} />}
      {problem && (
        <StateMessage kind="error" title={problem.code === "INVALID_REQUEST" ? "Some fields need correcting" : "That wasn’t done"} requestId={problem.requestId}>
          {problem.detail ?? problem.title} What you wrote is still here.
        </StateMessage>
      )}
      {!entry && (
        <div className="max-w-measure">
          <TextField
            label="Id"
            name="id"
            required
            maxLength={80}
            autoComplete="off"
            spellCheck={false}
            hint="Part of its address, such as hour-ending. It can’t be changed later."
            value={editor.id}
            error={errors.get("id")}
            onChange={(event) => editor.setId(event.target.value)}
          />
        </div>
      )}
      <EntryFields draft={draft} onChange={editor.change} readOnly={readOnly} errors={errors} ids={ids} />
      <PaneSwitch pane={pane} onChange={setPane} />
      <div className="grid gap-4 lg:grid-cols-2">
        <section aria-label="Text" className={pane === "text" ? "flex min-w-0 flex-col" : "flex min-w-0 flex-col max-lg:hidden"}>
          <h2 className="mb-1 text-13 max-lg:hidden">Text</h2>
          <MarkdownEditor label="Text" value={draft.body} readOnly={readOnly} error={errors.get("body")} onChange={(body) => editor.change({ body })} className="flex-1 lg:max-h-[80vh]" />
        </section>
        <section aria-label="Preview" className={pane === "preview" ? "min-w-0" : "min-w-0 max-lg:hidden"}>
          <h2 className="mb-1 text-13 max-lg:hidden">Preview</h2>
          <div className="overflow-auto rounded border bg-surface p-4 text-16 leading-read lg:max-h-[80vh]" tabIndex={0} role="region" aria-label="Preview of the entry">
            <EntryPreview draft={preview} />
          </div>
        </section>
      </div>
      {!readOnly && (
        <div className="max-w-measure">
          <TextField label="Note on this change" name="note" hint="Kept with the revision, for other editors." maxLength={300} value={editor.note} error={errors.get("note")} onChange={(event) => editor.setNote(event.target.value)} />
        </div>
      )}
      <ConfirmDialog
        open={guard.asked !== null}
        title="Leave without saving?"
        confirm="Leave"
        onClose={guard.stay}
        onConfirm={() => {
          const to = guard.asked;
          guard.stay();
          if (to === null) return;
          const { origin, pathname, search, hash } = new URL(to);
          if (origin === location.origin) router.push(pathname + search + hash);
          else location.assign(to);
        }}
      >
        What you wrote stays in this tab and is back when you open this entry again. Closing the tab loses it.
      </ConfirmDialog>
      <Toast toast={toast} onClose={close} />
    </div>
  );
}
