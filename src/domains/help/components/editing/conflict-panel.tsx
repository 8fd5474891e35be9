import { useEffect, useRef } from "react";
import { formatDateTime } from "#lib/format-time.ts";
import { Button } from "#ui/button.tsx";
import { DiffView } from "#domains/help/components/editing/diff-view.tsx";
import { toContent } from "#domains/help/components/editing/entry-draft.ts";
import { diffContents } from "#domains/help/components/editing/text-diff.ts";
import type { Conflict, EntryEditorState } from "#domains/help/components/editing/use-entry-editor.ts";

/** Two people edited one entry: their texts beside each other, and the ways out. */
export function ConflictPanel({ editor, conflict: { theirs, merging } }: { editor: EntryEditorState; conflict: Conflict }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [theirs.revision]);
  const diffs = diffContents(theirs.content, toContent(editor.draft));
  return (
    <section aria-labelledby="conflict" className="grid gap-3 rounded border bg-warn-soft p-4">
      <h2 id="conflict" ref={heading} tabIndex={-1} className="text-16 outline-none">
        {merging ? `Merging with revision ${theirs.revision}` : `Revision ${theirs.revision} was saved while you were writing`}
      </h2>
      <p className="max-w-measure text-14 leading-body">
        {theirs.author} saved it on {formatDateTime(theirs.savedAt)}.{" "}
        {merging
          ? "Bring over what you want to keep of it, then save: your text becomes the next revision."
          : editor.base > 0 && `Your text began from revision ${editor.base} and isn’t saved. Whatever you choose, nothing is lost: every revision stays in the history.`}
      </p>
      <div className="max-h-[60vh] overflow-auto rounded bg-bg p-3" tabIndex={0} role="region" aria-label="The two texts compared">
        <DiffView diffs={diffs} before={`revision ${theirs.revision}`} after="your text" />
      </div>
      <div className="flex flex-wrap gap-2">
        {merging ? (
          <Button onClick={editor.closeConflict}>Close the comparison</Button>
        ) : (
          <>
            <Button kind="primary" aria-disabled={editor.act !== null} onClick={() => void editor.keepMine()}>
              Save mine over theirs
            </Button>
            <Button onClick={editor.takeTheirs}>Take theirs</Button>
            <Button onClick={editor.mergeByHand}>Merge by hand</Button>
          </>
        )}
      </div>
    </section>
  );
}
