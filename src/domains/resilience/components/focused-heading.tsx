"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** The heading of what a press has just opened: it takes the focus, so that reading goes on there. Not when the page itself has just been opened. */
export function FocusedHeading({ id, children }: { id: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // A press leaves its link focused; a page that was opened has its body.
    if (document.activeElement?.matches("[data-column]")) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h2 id={id} ref={heading} tabIndex={-1} className="text-16">
      {children}
    </h2>
  );
}
