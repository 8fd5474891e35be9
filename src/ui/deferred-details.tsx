"use client";

import { useEffect, useRef, useState, type ReactNode } from "react";

interface DeferredDetailsProps {
  /** Its place in the page's address: a link to it opens it. */
  id: string;
  /** A sentence or less; always there. */
  summary: ReactNode;
  summaryClass: string;
  className?: string;
  children: ReactNode;
}

/** A disclosure whose content enters the page when it is first opened, so that a page of many stays light. */
export function DeferredDetails({ id, summary, summaryClass, className, children }: DeferredDetailsProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const [made, setMade] = useState(false);

  useEffect(() => {
    const open = () => {
      if (decodeURIComponent(location.hash.slice(1)) !== id || !details.current) return;
      details.current.open = true;
      // The browser looked for its place while it was closed.
      details.current.scrollIntoView({ block: "nearest" });
    };
    open();
    window.addEventListener("hashchange", open);
    return () => window.removeEventListener("hashchange", open);
  }, [id]);

  return (
    <details ref={details} id={id} className={className} onToggle={({ currentTarget }) => currentTarget.open && setMade(true)}>
      <summary className={summaryClass}>{summary}</summary>
      {made && children}
    </details>
  );
}
