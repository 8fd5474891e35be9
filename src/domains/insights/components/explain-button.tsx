"use client";

import type { ReactNode } from "react";
import { Button } from "#ui/button.tsx";
import { useMounted } from "./use-mounted.ts";
import { InsightPanel } from "./insight-panel.tsx";
import type { ShownSelection } from "./load-insight.ts";
import { useExplained } from "./use-explained.ts";

/** A button that explains numbers which stand on a page without a chart's menu. */
export function ExplainButton({ cardId, selection, help }: { cardId: string; selection: ShownSelection; help?: ReactNode }) {
  const { open, wasOpen, setOpen } = useExplained(cardId);
  const mounted = useMounted();
  return (
    <>
      <Button onClick={() => setOpen(true)}>Explain</Button>
      {mounted && wasOpen && <InsightPanel open={open} onClose={() => setOpen(false)} selection={selection} help={help} />}
    </>
  );
}
