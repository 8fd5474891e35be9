"use client";

import { useMemo } from "react";
import { zoneClock, type ZoneClock } from "#ui/charts/zone-clock.ts";
import { useFetched, type Fetched } from "#ui/use-fetched.ts";
import type { PageZone } from "#domains/grid/pages/page-zones.ts";
import type { SeriesAnswer } from "#domains/grid/series/series-schema.ts";
import { loadAnswers, type Answers, type Question } from "./load-answers.ts";
import { useNews } from "./grid-news.tsx";
import { useCardRange, type CardRange } from "./use-page-filters.ts";

/** What a card knows: its range, and the answers to its questions as far as they have come. */
export interface CardData {
  range: CardRange | null;
  now: number | null;
  pin: (days: CardRange["days"] | null) => void;
  questions: Question[];
  fetched: Fetched<Answers>;
  /** The first question's answer, whose range and clocks the chart has. */
  main: SeriesAnswer | null;
  /** Of the others, in the questions' order after the first. */
  others: (SeriesAnswer | null)[];
  clock: ZoneClock | null;
}

/** How often a card whose range goes on asks again, in milliseconds: no source that it stands on is read more often. */
const refreshMs = 2 * 60_000;
/** The same where what is new is told of: now and then all the same, for what no stream tells. */
const toldRefreshMs = 15 * 60_000;

/** Asks what a card shows, and again when its range changes or goes on. */
export function useCardData(cardId: string, zones: readonly PageZone[], ask: (range: CardRange) => Question[]): CardData {
  const { range, now, pin } = useCardRange(zones, cardId);
  const questions = range ? ask(range).map((question) => (range.asOf === null ? question : { ...question, as_of: range.asOf })) : [];
  const { told, isLive } = useNews(questions.map(({ metric }) => metric ?? "generation"));
  const fetched = useFetched({
    key: range ? JSON.stringify(questions) : null,
    load: (signal) => loadAnswers(questions, signal),
    ...(range?.isCurrent === true && { refreshMs: isLive ? toldRefreshMs : refreshMs, news: told }),
  });
  const [main = null, ...others] = fetched.answer?.answers ?? [];
  const clock = useMemo(() => (main ? zoneClock(main.zone) : null), [main]);
  return { range, now, pin, questions, fetched, main, others, clock };
}
