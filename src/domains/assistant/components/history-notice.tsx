import { Button } from "#ui/button.tsx";
import { undoClear } from "#domains/assistant/components/conversation-store.ts";

/** Stands in the place of a history that was just cleared. */
export function HistoryNotice() {
  return (
    <p className="flex min-h-control flex-wrap items-center gap-x-4 gap-y-2 border-t pt-5 text-14">
      History cleared.
      <Button onClick={undoClear}>Undo</Button>
    </p>
  );
}
