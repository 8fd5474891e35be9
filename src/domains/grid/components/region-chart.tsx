"use client";

import { useSearchParams } from "next/navigation";
import { useMemo, type ReactNode } from "react";
import { badgeClass } from "#ui/badge.ts";
import { Button } from "#ui/button.tsx";
import type { Figure } from "#ui/charts/figure.ts";
import { menuItemClass } from "#ui/menu-item.ts";
import { Plot } from "#ui/charts/plot.tsx";
import { dayText, zoneClock } from "#ui/charts/zone-clock.ts";
import type { PageZone } from "#domains/grid/pages/page-zones.ts";
import type { DayRange } from "#domains/grid/pages/filters.ts";
import type { SeriesAnswer } from "#domains/grid/series/series-schema.ts";
import { CardBadge } from "./card-badge.tsx";
import { ChartCard, isSample, usePlot, type CardState } from "./chart-card.tsx";
import { newestOf, notesOf, tableOf } from "./chart-lines.ts";
import { csvHref } from "./load-answers.ts";
import type { CardData } from "./use-card-data.ts";

/** What every card of a region's page is given. */
export interface RegionCardProps {
  zones: readonly PageZone[];
  help?: ReactNode;
  explain?: ReactNode;
  className?: string;
}

interface RegionChartProps extends Omit<RegionCardProps, "zones"> {
  id: string;
  title: string;
  /** Of the values in table and file: "MW". */
  unit: string;
  data: CardData;
  /** Prepares what is drawn; called when the answers change. */
  prepare: (main: SeriesAnswer, others: (SeriesAnswer | null)[]) => Figure;
  summary: (figure: Figure) => ReactNode;
  /** What would be here, and why it may not. */
  empty: string;
  /** What is missing where a question other than the first one failed. */
  partial: string;
  note?: ReactNode;
  height: number;
  kind?: "line" | "lines" | "stack";
  /** Stands between summary and figure. */
  controls?: ReactNode;
}

/** A card of a region's page that draws its answers over time. */
export function RegionChart({ id, title, unit, data, prepare, summary, empty, partial, note, height, kind = "lines", controls, help, explain, className }: RegionChartProps) {
  const { fetched, main, others, clock, range, now, pin, questions } = data;
  const plot = usePlot();
  const { answer } = fetched;
  // Only new answers, or another way to prepare them, make a new figure: not the clock's ticking.
  const figure = useMemo(() => {
    const [first, ...rest] = answer?.answers ?? [];
    return first ? prepare(first, rest) : null;
  }, [answer, prepare]);
  const answers = [main, ...others].filter((each) => each !== null);
  const notes = notesOf(answers);
  const newest = main ? newestOf(notesOf([main]), main.lines) : null;
  const state = stateOf(data, figure, empty);
  const [question] = questions;
  // The plot, its legend and its time axis.
  const room = height + 28 + 28;
  return (
    <ChartCard
      id={id}
      title={title}
      help={help}
      explain={
        <>
          {range && <PinButton pinned={range.pinned} pin={() => pin(range.pinned ? null : range.days)} />}
          {explain}
        </>
      }
      summary={
        <>
          {figure && summary(figure)}
          {range?.pinned && <Unpin follow={() => pin(null)} />}
        </>
      }
      badge={range?.pinned ? <RangeBadge days={range.pinned} /> : <CardBadge note={newest} clock={clock} now={now} asOf={range?.asOf} />}
      sample={figure !== null && isSample(figure)}
      sources={notes}
      note={note}
      csvHref={question ? csvHref(question) : null}
      table={figure && tableOf(figure, unit)}
      plot={plot}
      state={state}
      partial={fetched.answer && fetched.answer.problems.length > 0 ? partial : fetched.problem && figure ? `These values may be out of date: ${fetched.problem.title}.` : null}
      height={room}
      kind={kind}
      className={className ?? ""}
    >
      {controls}
      {figure && (
        <div data-loading={fetched.loading || undefined} className="chart-body">
          <Plot ref={plot} figure={figure} label={title} height={height} />
        </div>
      )}
    </ChartCard>
  );
}

function stateOf({ fetched, range }: CardData, figure: Figure | null, empty: string): CardState {
  if (fetched.problem && !figure) return { kind: "failed", problem: fetched.problem, retry: fetched.retry };
  if (!figure) return { kind: "loading" };
  if (!figure.isEmpty || fetched.loading) return { kind: "ready" };
  return { kind: "empty", title: range?.isCurrent === true ? "No values yet" : "No values in this range", detail: empty, action: <ShowMonth /> };
}

/** The action that brings values where a range has none: the last thirty days. */
function ShowMonth() {
  const search = useSearchParams();
  if (search.get("range") === "30d") return null;
  return (
    <form method="get">
      <input type="hidden" name="range" value="30d" />
      <Button type="submit">Show the last 30 days</Button>
    </form>
  );
}

const utc = zoneClock({ name: "UTC", offsets: [{ from: "1970-01-01T00:00:00Z", minutes: 0 }] });

/** The days that a card keeps for itself. */
function RangeBadge({ days }: { days: DayRange }) {
  const [from, last] = [Date.parse(days.from), Date.parse(days.to) - 1];
  return <span className={badgeClass}>{days.from === new Date(last).toISOString().slice(0, 10) ? dayText(utc, from, true) : `${dayText(utc, from)}\u2009–\u2009${dayText(utc, last, true)}`}</span>;
}

function Unpin({ follow }: { follow: () => void }) {
  return (
    <>
      {" "}
      Own range, kept while the page’s range moves.{" "}
      <button type="button" onClick={follow} className="touch-area text-accent underline underline-offset-[3px]">
        Follow the page
      </button>
    </>
  );
}

function PinButton({ pinned, pin }: { pinned: DayRange | null; pin: () => void }) {
  return (
    <button type="button" onClick={pin} className={menuItemClass}>
      {pinned ? "Follow the page’s range" : "Keep this range"}
    </button>
  );
}
