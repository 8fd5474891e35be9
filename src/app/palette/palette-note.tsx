import { formatCount } from "#lib/format-number.ts";
import type { ManifestState } from "#domains/help/components/use-manifest.ts";

interface PaletteNoteProps {
  manifest: ManifestState;
  onRetry: () => void;
  searching: boolean;
  shown: number;
  found: number;
}

/** What the list holds, or why it holds less than it should. */
export function PaletteNote({ manifest, onRetry, searching, shown, found }: PaletteNoteProps) {
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 border-t px-4 py-2 text-12 text-muted">
      <span role="status">{words(manifest, searching, shown, found)}</span>
      {manifest.step === "failed" && (
        <button type="button" onClick={onRetry} className="min-h-6 text-accent underline underline-offset-3 max-md:min-h-11">
          Try again
        </button>
      )}
    </div>
  );
}

function words(manifest: ManifestState, searching: boolean, shown: number, found: number): string {
  if (manifest.step === "loading") return "Loading help entries";
  if (manifest.step === "failed") return `Help entries couldn’t be loaded: ${manifest.problem.title}.`;
  if (!searching) return `Type to search ${formatCount(found)} help entries, or to ask.`;
  if (found === 0) return "No help entry has all these words. Asking searches the whole text.";
  return found > shown ? `${shown} of ${found} help entries shown.` : "Enter opens the marked line.";
}
