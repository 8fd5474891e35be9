"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useState } from "react";

/** Whether the page's address asks for this card to be explained (`explain=demand`), and the way to change that without loading the page. */
export function useExplained(cardId: string): { open: boolean; wasOpen: boolean; setOpen: (open: boolean) => void } {
  const search = useSearchParams();
  const open = search.get("explain") === cardId;
  const [opened, setOpened] = useState(false);
  const setOpen = useCallback((next: boolean) => {
    const query = new URLSearchParams(location.search);
    if (next) query.set("explain", cardId);
    else query.delete("explain");
    if (next) setOpened(true);
    history.replaceState(history.state, "", `${location.pathname}${query.size === 0 ? "" : `?${query}`}${location.hash}`);
  }, [cardId]);
  return { open, wasOpen: opened || open, setOpen };
}
