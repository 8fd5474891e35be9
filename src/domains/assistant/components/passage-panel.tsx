import { useEffect, useRef } from "react";
import { Dialog } from "#ui/dialog.tsx";
import { useMediaQuery } from "#ui/use-media-query.ts";
import type { Citation } from "#domains/assistant/schema.ts";
import { PassageView } from "#domains/assistant/components/passage-view.tsx";

interface PassagePanelProps {
  citation: Citation | undefined;
  onClose: () => void;
}

/** The open passage: beside the text where there is room, else a sheet from below. */
export function PassagePanel({ citation, onClose }: PassagePanelProps) {
  const wide = useMediaQuery("(width >= 64rem)");
  if (wide) return citation && <PassageAside citation={citation} onClose={onClose} />;
  return (
    <Dialog open={citation !== undefined} onClose={onClose} label={citation ? `Source ${citation.n}` : "Source"} className="sheet sheet-bottom">
      <div className="max-h-[inherit] overflow-y-auto p-4 text-14 leading-[1.55]">
        {citation && <PassageView citation={citation} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

function PassageAside({ citation, onClose }: { citation: Citation; onClose: () => void }) {
  const ref = useRef<HTMLElement>(null);

  useEffect(() => {
    ref.current?.focus({ preventScroll: true });
  }, [citation]);

  return (
    <aside
      ref={ref}
      tabIndex={-1}
      aria-label={`Source ${citation.n}`}
      className="late max-h-[calc(100dvh-40px)] overflow-y-auto rounded border bg-surface px-4 pt-3 pb-4 text-14 leading-[1.55]"
    >
      <PassageView citation={citation} onClose={onClose} />
    </aside>
  );
}
