"use client";

import { formatMeasure, formatNumber } from "#lib/format-number.ts";
import { spanText } from "#ui/charts/zone-clock.ts";
import { addDays } from "#domains/grid/pages/filters.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import type { Region } from "#domains/grid/schema.ts";
import { BorderBars } from "./border-bars.tsx";
import { paintBorders } from "./border-picture.ts";
import { borderFlowsOf, type BorderFlows } from "./borders.ts";
import { CardBadge } from "./card-badge.tsx";
import { ChartCard, type CardState } from "./chart-card.tsx";
import { newestOf, notesOf } from "./chart-lines.ts";
import { csvHref } from "./load-answers.ts";
import type { RegionCardProps } from "./region-chart.tsx";
import { useCardData } from "./use-card-data.ts";

const cardId = "interties";
/** Five borders with their head, sum and key. */
const height = 250;

/** What flows over each border of a region at the end of the page's range, beside what was scheduled. */
export function IntertieChart({ region, zones, help, explain, className = "" }: RegionCardProps & { region: Region }) {
  const { name } = regionFacts[region];
  const { fetched, main, others, clock, now, questions, range } = useCardData(cardId, zones, ({ days, tz }) => {
    const question = { region, from: addDays(days.to, -2), to: days.to, tz, resolution: "5min" as const, item: "*" };
    return [
      { ...question, metric: "intertie-flow" },
      // Alberta's operator publishes no schedules.
      ...(region === "CA-ON" ? [{ ...question, metric: "scheduled-import" as const }, { ...question, metric: "scheduled-export" as const }] : []),
    ];
  });
  const title = `${name} interties, MW`;
  const [imports, exports] = others;
  const flows = main ? borderFlowsOf(region, main.lines, imports?.lines ?? [], exports?.lines ?? []) : null;
  const notes = notesOf([main, ...others].filter((each) => each !== null));
  const newest = main ? newestOf(notesOf([main]), main.lines) : null;
  const [question] = questions;
  const sample = main?.lines.some((line) => line.sample) ?? false;
  const when = flows && clock ? spanText(clock, flows.start, flows.end, { withDay: range?.isCurrent !== true, withYear: true }) : "";
  const state: CardState = fetched.problem && !main
    ? { kind: "failed", problem: fetched.problem, retry: fetched.retry }
    : !main ? { kind: "loading" }
    : flows || fetched.loading ? { kind: "ready" }
    : { kind: "empty", title: "No flows in this range", detail: `Flows over the borders of ${name} stand here as soon as a source has told of these days. Older ones aren’t published for long.` };
  return (
    <ChartCard
      id={cardId}
      title={title}
      help={help}
      explain={explain}
      summary={flows && clock ? <Summary flows={flows} when={when} /> : null}
      badge={<CardBadge note={newest} clock={clock} now={now} asOf={range?.asOf} />}
      sample={sample}
      sources={notes}
      csvHref={question ? csvHref(question) : null}
      table={flows && {
        rowLabel: "Border", columns: ["Flow, MW", "Scheduled, MW"], count: flows.borders.length,
        row(index) {
          const border = flows.borders[index];
          return { name: border?.name ?? "", cells: [border?.flowMw, border?.scheduledMw].map((value) => (value == null ? "" : formatNumber(value))) };
        },
      }}
      {...(flows && clock && { plot: { current: { toPicture: (words) => paintBorders(flows, { ...words, sample, when: spanText(clock, flows.start, flows.end, { withDay: true, withYear: true }) }) } } })}
      state={state}
      partial={fetched.answer && fetched.answer.problems.length > 0 ? "What was scheduled couldn’t be loaded: only the flows are shown." : null}
      height={height}
      className={className}
    >
      {flows && <BorderBars flows={flows} label={title} />}
    </ChartCard>
  );
}

function Summary({ flows: { borders, netMw }, when }: { flows: BorderFlows; when: string }) {
  if (netMw === null) return null;
  const exporting = netMw >= 0;
  const main = borders.filter(({ flowMw }) => flowMw !== null && flowMw !== 0 && flowMw > 0 === exporting)
    .toSorted((a, b) => Math.abs(b.flowMw ?? 0) - Math.abs(a.flowMw ?? 0)).slice(0, 2).map(({ name }) => name);
  return (
    <>
      {when}: net {exporting ? "export" : "import"} <b>{formatMeasure(Math.abs(netMw), "MW")}</b>
      {main.length > 0 && `, mostly ${exporting ? "to" : "from"} ${main.join(" and ")}`}.
    </>
  );
}
