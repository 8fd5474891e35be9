import { Button } from "#ui/button.tsx";
import { StateDot } from "#ui/state-dot.tsx";
import type { EntryEditorState } from "#domains/help/components/editing/use-entry-editor.ts";

/** What is saved and published, in words. */
export function stateWords({ entry, dirty }: Pick<EntryEditorState, "entry" | "dirty">): string {
  if (!entry) return "Not saved yet";
  const { status, revision, publishedRevision } = entry;
  const saved = dirty ? `Unsaved changes to revision ${revision}` : `Saved revision ${revision}`;
  if (status === "deleted") return `Deleted, with revision ${revision}`;
  if (status === "unpublished" || publishedRevision === null) return `${saved}, not published`;
  return publishedRevision === revision ? `${saved}, published` : `${saved}, published ${publishedRevision}`;
}

/** What can be done with the entry, and how it stands. */
export function EditorToolbar({ editor }: { editor: EntryEditorState }) {
  const { entry, act, dirty } = editor;
  const busy = act !== null;
  const upToDate = entry !== null && entry.status === "published" && entry.publishedRevision === entry.revision && !dirty;
  return (
    <div className="z-10 -mx-1 flex flex-wrap items-center gap-2 border-y bg-bg px-1 py-2 md:sticky md:top-0">
      <p className="flex min-w-0 items-center gap-2 text-13" aria-live="polite">
        <StateDot state={entry?.status === "published" ? (dirty || entry.publishedRevision !== entry.revision ? "degraded" : "ok") : "off"} />
        <span>{stateWords(editor)}</span>
      </p>
      <div className="ml-auto flex flex-wrap gap-2 max-sm:ml-0 max-sm:w-full">
        {entry?.status === "deleted" ? (
          <Button kind="primary" aria-disabled={busy} onClick={() => void editor.restore()}>
            {act === "restoring" ? "Restoring" : "Restore"}
          </Button>
        ) : (
          <>
            {dirty && <Button onClick={editor.discard}>Discard changes</Button>}
            {entry && (
              <Button aria-disabled={busy} onClick={() => void editor.remove()}>
                {act === "deleting" ? "Deleting" : "Delete"}
              </Button>
            )}
            {entry?.status === "published" && (
              <Button aria-disabled={busy} onClick={() => void editor.unpublish()}>
                {act === "unpublishing" ? "Unpublishing" : "Unpublish"}
              </Button>
            )}
            <Button kind={entry ? "default" : "primary"} aria-disabled={busy} aria-keyshortcuts="Control+S Meta+S" onClick={() => void editor.save()}>
              {act === "saving" ? "Saving" : entry ? "Save draft" : "Create entry"}
            </Button>
            {entry && (
              <Button kind="primary" aria-disabled={busy || upToDate} onClick={() => !upToDate && void editor.publish()}>
                {act === "publishing" ? "Publishing" : dirty ? "Save and publish" : "Publish"}
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  );
}
