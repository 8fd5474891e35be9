"use client";

import { badgeClass } from "#ui/badge.ts";
import { clockText, dayText, type ZoneClock } from "#ui/charts/zone-clock.ts";
import { StateDot } from "#ui/state-dot.tsx";
import { freshnessOf } from "#domains/grid/health/freshness.ts";
import type { SourceNote } from "#domains/grid/series/series-schema.ts";

const dayMs = 86_400_000;

/** How new a card's numbers are: a shape, the end of the newest interval and its age. */
export function FreshnessBadge({ note, clock, now }: { note: SourceNote; clock: ZoneClock; now: number }) {
  const moment = (at: number) => `${now - at > dayMs ? `${dayText(clock, at, now - at > 300 * dayMs)}, ` : ""}${clockText(clock, at)} ${clock.labelAt(at)}`;
  const { dot, words } = freshnessOf(note, new Date(now), moment);
  return (
    <span className={badgeClass} data-freshness={dot}>
      <StateDot state={dot} />
      {words}
    </span>
  );
}
