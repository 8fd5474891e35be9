import type { HelpRevision } from "#domains/help/edit-schema.ts";
import { DiffView } from "#domains/help/components/editing/diff-view.tsx";
import { diffContents } from "#domains/help/components/editing/text-diff.ts";

/** What changed from one saved text to another. */
export function RevisionComparison({ before, after }: { before: HelpRevision; after: HelpRevision }) {
  return (
    <section aria-labelledby="comparison" className="mt-8">
      <h2 id="comparison" className="mb-3 text-16">
        {before.revision === after.revision ? `Revision ${after.revision}` : `From revision ${before.revision} to revision ${after.revision}`}
      </h2>
      {before.revision === after.revision ? (
        <p className="text-14 text-muted">Choose two different revisions to see what changed between them.</p>
      ) : (
        <DiffView diffs={diffContents(before.content, after.content)} before={`revision ${before.revision}`} after={`revision ${after.revision}`} />
      )}
    </section>
  );
}
