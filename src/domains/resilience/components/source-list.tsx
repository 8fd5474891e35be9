import ExternalLink from "lucide-react/icons/external-link";
import type { ReactNode } from "react";
import { formatPartialDate, type PublicSource } from "#domains/resilience/index.ts";

/** A link to another site, which says so. */
export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} rel="noreferrer" className="break-words">
      {children}
      <ExternalLink aria-hidden className="ml-1 inline size-3 align-[-1px]" />
      <span className="sr-only"> (another site)</span>
    </a>
  );
}

/** Who published what a row says, and when. */
export function SourceList({ sources }: { sources: PublicSource[] }) {
  return (
    <ul className="grid gap-1 text-12 text-muted">
      {sources.map(({ publisher, title, url, date }) => (
        <li key={url}>
          {publisher}: <OutsideLink href={url}>{title}</OutsideLink>, {formatPartialDate(date)}
        </li>
      ))}
    </ul>
  );
}
