"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useState } from "react";

/**
 * Whether this card is explained: as the page's address says when it is opened (`explain=demand`), then as the reader does. The
 * address follows without loading the page; what is shown doesn't wait for it, since the router may not have come alive yet.
 */
export function useExplained(cardId: string): { open: boolean; wasOpen: boolean; setOpen: (open: boolean) => void } {
  const asked = useSearchParams().get("explain") === cardId;
  const [chosen, setChosen] = useState<boolean | null>(null);
  const setOpen = useCallback((next: boolean) => {
    setChosen(next);
    const query = new URLSearchParams(location.search);
    if (next) query.set("explain", cardId);
    else query.delete("explain");
    history.replaceState(history.state, "", `${location.pathname}${query.size === 0 ? "" : `?${query}`}${location.hash}`);
  }, [cardId]);
  return { open: chosen ?? asked, wasOpen: chosen !== null || asked, setOpen };
}
