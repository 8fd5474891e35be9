"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { formatNumber } from "#lib/format-number.ts";
import { api } from "#ui/api/client.ts";
import { columnsOf, lastValueIndex } from "#ui/charts/columns.ts";
import { figureOf, type Figure } from "#ui/charts/figure.ts";
import { Plot } from "#ui/charts/plot.tsx";
import { spanText, zoneClock } from "#ui/charts/zone-clock.ts";
import { useFetched } from "#ui/use-fetched.ts";
import type { EmissionsAnswer } from "#domains/grid/emissions/emissions-schema.ts";
import { fuelNames, regionFacts } from "#domains/grid/labels.ts";
import type { Region } from "#domains/grid/schema.ts";
import type { FactorKind } from "#domains/grid/status/status-schema.ts";
import { factorKinds } from "#domains/grid/vocabulary.ts";
import { CardBadge } from "./card-badge.tsx";
import { ChartCard, isSample, usePlot, type CardState } from "./chart-card.tsx";
import { joined, lookOfQuality, tableOf } from "./chart-lines.ts";
import { useNews } from "./grid-news.tsx";
import type { RegionCardProps } from "./region-chart.tsx";
import { useCardRange } from "./use-page-filters.ts";

const cardId = "emissions";
const height = 220;
const refreshMs = 5 * 60_000;
/** Where what is new is told of. */
const toldRefreshMs = 15 * 60_000;
const kindNames: Readonly<Record<FactorKind, string>> = { lifecycle: "Lifecycle", direct: "Direct" };

/** How much greenhouse gas a region's electricity causes, by factors that the reader chooses and can look up. */
export function EmissionsChart({ region, zones, help, explain, className = "" }: RegionCardProps & { region: Region }) {
  const { name, code } = regionFacts[region];
  const { range, now } = useCardRange(zones, cardId);
  const [factors, choose] = useFactors();
  const query = range && { region, ...range.days, tz: range.tz, resolution: range.resolution, factors, ...(range.asOf !== null && { as_of: range.asOf }) };
  const { told, isLive } = useNews(["generation", "intertie-flow"]);
  const { answer, problem, loading, retry } = useFetched({
    key: query && JSON.stringify(query),
    load: async (signal): Promise<EmissionsAnswer> => {
      if (!query) throw new Error("Nothing is asked");
      const { data } = await api.GET("/api/grid/emissions", { params: { query: { ...query, points: 20_000 } }, signal });
      if (data === undefined || typeof data === "string") throw new Error("The answer isn’t the one asked for");
      return data;
    },
    ...(range?.isCurrent === true && { refreshMs: isLive ? toldRefreshMs : refreshMs, news: told }),
  });
  const figure = useMemo(() => (answer ? prepare(answer, `--region-${code.toLowerCase()}`) : null), [answer, code]);
  const plot = usePlot();
  const [newest] = answer?.sources ?? [];
  const state: CardState = problem && !answer
    ? { kind: "failed", problem, retry }
    : !figure ? { kind: "loading" }
    : !figure.isEmpty || loading ? { kind: "ready" }
    : { kind: "empty", title: "No values in this range", detail: `Emissions are counted from generation by fuel, which no source of ${name} has told of these days.` };
  return (
    <ChartCard
      id={cardId}
      title={`${name} emissions intensity, gCO₂e/kWh`}
      help={help}
      explain={explain}
      summary={figure && answer && <Summary figure={figure} kind={answer.factorKind} />}
      badge={<CardBadge note={newest} clock={figure?.clock ?? null} now={now} asOf={range?.asOf} />}
      sample={figure !== null && isSample(figure)}
      sources={answer?.sources ?? []}
      csvHref={query && `/api/grid/emissions?${new URLSearchParams({ ...query, format: "csv" })}`}
      table={figure && tableOf(figure, "gCO₂e/kWh")}
      plot={plot}
      state={state}
      partial={problem && figure ? `These values may be out of date: ${problem.title}.` : null}
      height={height + 56 + 44 + 29}
      kind="line"
      className={className}
    >
      <div role="group" aria-label="Emission factors" className="segments mb-2">
        {factorKinds.map((kind) => (
          <button key={kind} type="button" aria-pressed={kind === factors} onClick={() => choose(kind)}>
            {kindNames[kind]}
          </button>
        ))}
      </div>
      {figure && (
        <div data-loading={loading || undefined} className="chart-body">
          <Plot ref={plot} figure={figure} label={`${name} emissions intensity, gCO₂e/kWh`} height={height} />
        </div>
      )}
      {answer && <Factors answer={answer} />}
    </ChartCard>
  );
}

/** The factors stand in the address as well; `lifecycle` is as usual. */
function useFactors(): [FactorKind, (kind: FactorKind) => void] {
  const search = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const chosen = factorKinds.find((kind) => kind === search.get("factors")) ?? "lifecycle";
  const choose = useCallback((kind: FactorKind) => {
    const query = new URLSearchParams(search);
    if (kind === "lifecycle") query.delete("factors");
    else query.set("factors", kind);
    router.push(query.size === 0 ? pathname : `${pathname}?${query}`, { scroll: false });
  }, [search, router, pathname]);
  return [chosen, choose];
}

function prepare({ lines, from, to, zone }: EmissionsAnswer, color: string): Figure {
  const columns = joined(lines.map(({ start, end, gramsPerKwh, quality }) => columnsOf({ start, end, value: gramsPerKwh, look: quality.map(lookOfQuality) })));
  return figureOf({
    kind: "lines", unit: "g/kWh", zero: true, from: Date.parse(from), to: Date.parse(to), clock: zoneClock(zone),
    series: columns.value.length === 0 ? [] : [{ id: "intensity", name: "Intensity", color, columns }],
  });
}

function Summary({ figure, kind }: { figure: Figure; kind: FactorKind }) {
  const columns = figure.series[0]?.columns;
  const last = columns ? lastValueIndex(columns) : -1;
  if (!columns || last < 0) return null;
  const several = figure.to - figure.from > 1.1 * 86_400_000;
  return (
    <>
      {spanText(figure.clock, columns.start[last] ?? 0, columns.end[last] ?? 0, { withDay: several, withYear: several })}: <b>{formatNumber(columns.value[last] ?? 0)} g</b> for each kilowatt hour generated,{" "}
      {kind === "lifecycle" ? "building, fuel and waste included" : "burning alone"}.
    </>
  );
}

/** What each fuel counts as, who says so, and what isn't counted. */
function Factors({ answer: { factors, limits } }: { answer: EmissionsAnswer }) {
  return (
    <details className="mt-2 text-13">
      <summary className="touch-area w-fit text-muted">Factors and their sources</summary>
      <div tabIndex={0} role="region" aria-label="Emission factors and their sources" className="mt-2 overflow-x-auto">
        <table className="value-table">
          <caption className="sr-only">Emission factors</caption>
          <thead>
            <tr>
              <th scope="col">Fuel</th>
              <th scope="col">gCO₂e/kWh</th>
              <th scope="col" className="factor-source">Source</th>
            </tr>
          </thead>
          <tbody>
            {factors.map(({ fuel, gramsPerKwh, source }) => (
              <tr key={fuel}>
                <th scope="row">{fuelNames[fuel]}</th>
                <td>{formatNumber(gramsPerKwh, Number.isInteger(gramsPerKwh) ? 0 : 2)}</td>
                <td className="factor-source">
                  <a href={source.url}>{source.title}</a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="mt-2 grid gap-1 text-muted">
        {limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
    </details>
  );
}
