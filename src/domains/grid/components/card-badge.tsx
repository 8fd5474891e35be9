"use client";

import { badgeClass } from "#ui/badge.ts";
import { momentText, type ZoneClock } from "#ui/charts/zone-clock.ts";
import type { SourceNote } from "#domains/grid/series/series-schema.ts";
import { FreshnessBadge } from "./freshness-badge.tsx";

interface CardBadgeProps {
  note: SourceNote | null | undefined;
  clock: ZoneClock | null;
  now: number | null;
  /** The instant whose knowledge is shown; null for now. */
  asOf: string | null | undefined;
}

/** How new a card's numbers are, or as of when they were known; nothing for a sample. */
export function CardBadge({ note, clock, now, asOf }: CardBadgeProps) {
  if (!note || note.state === "sample" || !clock || now === null) return null;
  if (asOf != null) return <span className={badgeClass}>As known {momentText(clock, Date.parse(asOf))}</span>;
  return <FreshnessBadge note={note} clock={clock} now={now} />;
}
