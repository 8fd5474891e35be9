"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { useNow } from "#ui/use-now.ts";
import { dayAt, daysOf, parseFilters, parsePin, resolutionOf, serialiseFilters, withPin, type DayRange, type Filters } from "#domains/grid/pages/filters.ts";
import type { PageZone } from "#domains/grid/pages/page-zones.ts";
import type { Resolution } from "#domains/grid/series/series-schema.ts";

/** What a card shows: a range of days on some clocks, at a resolution. */
export interface CardRange {
  days: DayRange;
  /** IANA name of the clocks. */
  tz: string;
  resolution: Resolution;
  compare: Filters["compare"];
  /** The instant at which its values were known so; null for now. */
  asOf: string | null;
  /** True where the range holds today and is shown as known now, so that its values go on. */
  isCurrent: boolean;
  /** The days that this card keeps while the page's range moves; null where it follows the page. */
  pinned: DayRange | null;
}

export interface PageFilterState {
  filters: Filters;
  zone: PageZone;
  /** Today's date on the page's clocks; null until the page has come alive. */
  today: string | null;
  now: number | null;
  change: (filters: Partial<Filters>) => void;
}

/** The filters that the page's address holds, and the way to change them: each change is a step of the browser's history. */
export function usePageFilters(zones: readonly PageZone[]): PageFilterState {
  const search = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const now = useNow();
  const filters = useMemo(() => parseFilters(search), [search]);
  const [first] = zones;
  const zone = zones.find(({ kind }) => kind === filters.zone) ?? first;
  if (!zone) throw new Error("A page needs a clock");
  return {
    filters, zone, now,
    today: now === null ? null : dayAt(now, zone.minutes),
    change(next) {
      const query = serialiseFilters({ ...filters, ...next }, search.entries());
      router.push(query === "" ? pathname : `${pathname}?${query}`, { scroll: false });
    },
  };
}

/** The range of one card: the page's, or one of its own. */
export function useCardRange(zones: readonly PageZone[], cardId: string): { range: CardRange | null; now: number | null; pin: (days: DayRange | null) => void } {
  const { filters, zone, today, now } = usePageFilters(zones);
  const search = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const pinned = useMemo(() => parsePin(search, cardId), [search, cardId]);
  const range = useMemo((): CardRange | null => {
    if (today === null) return null;
    const days = pinned ?? daysOf(filters.range, today);
    return { days, tz: zone.name, resolution: resolutionOf(days), compare: pinned ? "off" : filters.compare, asOf: filters.asOf, isCurrent: filters.asOf === null && days.from <= today && today < days.to, pinned };
  }, [filters, zone.name, today, pinned]);
  return {
    range, now,
    pin(days) {
      const query = withPin(search.entries(), cardId, days);
      router.push(query === "" ? pathname : `${pathname}?${query}`, { scroll: false });
    },
  };
}
