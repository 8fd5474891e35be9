import { useEffect, useRef } from "react";
import type { Turn } from "#domains/assistant/components/conversation.ts";
import { turnElementId } from "#domains/assistant/components/turn-section.tsx";

/** Signs that the reader moves the page, as opposed to the page moving itself. */
const signs = ["wheel", "touchmove", "keydown", "pointerdown"] as const;
const marginPx = 20;

/**
 * Keeps the newest turn in view while it grows: all of it where it fits, else its beginning. Stops as soon as the reader
 * moves the page, until the next question.
 */
export function useFollow(newest: Turn | undefined, bottomEdge: () => number): void {
  const following = useRef<string>(undefined);
  const seen = useRef<string>(undefined);

  useEffect(() => {
    const letGo = () => (following.current = undefined);
    // On its way down, so that the Enter which asks lets go of the turn before, not of its own.
    const options = { capture: true, passive: true };
    for (const sign of signs) addEventListener(sign, letGo, options);
    return () => {
      for (const sign of signs) removeEventListener(sign, letGo, options);
    };
  }, []);

  useEffect(() => {
    if (!newest) return;
    if (newest.id !== seen.current) following.current = newest.id;
    seen.current = newest.id;
    if (following.current !== newest.id) return;
    const box = document.getElementById(turnElementId(newest.id))?.getBoundingClientRect();
    if (!box) return;
    const hidden = box.bottom - bottomEdge();
    const room = box.top - marginPx;
    if (hidden > 0 && room > 0) scrollBy({ top: Math.min(hidden, room), behavior: "instant" });
  }, [newest, bottomEdge]);
}
