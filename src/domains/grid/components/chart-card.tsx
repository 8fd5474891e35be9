"use client";

import { useId, useRef, useState, type ReactNode, type RefObject } from "react";
import type { Problem } from "#lib/problem.ts";
import { Button } from "#ui/button.tsx";
import type { Figure } from "#ui/charts/figure.ts";
import type { PlotHandle } from "#ui/charts/plot.tsx";
import { cx } from "#ui/class-names.ts";
import { StateMessage } from "#ui/state-message.tsx";
import type { SourceNote } from "#domains/grid/series/series-schema.ts";
import { ChartMenu } from "./chart-menu.tsx";
import { SampleBadge } from "./sample-badge.tsx";
import { SourceLine } from "./source-line.tsx";
import { ValueTable, type TableContent } from "./value-table.tsx";

interface ChartCardProps {
  /** Of the section: its place in the page's address. */
  id: string;
  /** What is measured and in which unit: "Ontario demand, MW". */
  title: string;
  /** The figure in one sentence. */
  summary: ReactNode;
  help?: ReactNode;
  explain?: ReactNode;
  /** Stands at the right of the title: how new it is, or a range of its own. */
  badge?: ReactNode;
  /** True where any of its numbers are made up. */
  sample?: boolean;
  sources: SourceNote[];
  /** A remark on what the sources leave out. */
  note?: ReactNode;
  /** Where the same values are as a file; null without any. */
  csvHref: string | null;
  table: TableContent | null;
  plot?: RefObject<PlotHandle | null>;
  /** What stands in the way of showing it. */
  state: CardState;
  /** What is missing from what is shown. */
  partial?: string | null;
  /** Height of what is shown, kept free while there is nothing: nothing jumps. */
  height: number;
  /** What kind of plot it holds, whose readout takes room on phones: of one line less than of several. */
  kind?: "line" | "lines" | "stack";
  className?: string;
  children: ReactNode;
}

export type CardState =
  | { kind: "loading" }
  | { kind: "ready" }
  | { kind: "empty"; title: string; detail: ReactNode; action?: ReactNode }
  | { kind: "failed"; problem: Problem; retry: () => void };

/** One figure with all that belongs to it: what it measures, how new it is, whose it is, and the same as table, file or picture. */
export function ChartCard({ id, title, summary, help, explain, badge, sample = false, sources, note, csvHref, table, plot, state, partial, height, kind, className, children }: ChartCardProps) {
  const [view, setView] = useState<"chart" | "table">("chart");
  const titleId = useId();
  const source = sources.map(({ name, publisher }) => (name.startsWith(publisher) ? name : `${publisher}, ${name}`)).join("; ");
  const ready = state.kind === "ready";
  return (
    <section id={id} aria-labelledby={titleId} aria-busy={state.kind === "loading"} className={cx("chart-card", className)}>
      <div className="mb-0.5 flex flex-wrap items-center gap-x-2 gap-y-1">
        <div className="flex min-w-0 items-start gap-2">
          <h2 id={titleId} className="min-w-0 text-14 leading-6">
            {title}
          </h2>
          {help}
        </div>
        <div className="chart-card-aside">
          {sample && <SampleBadge />}
          {badge}
          <ChartMenu
            title={title}
            cardId={id}
            view={view}
            choose={table && ready ? setView : null}
            csvHref={ready ? csvHref : null}
            picture={plot && ready && view === "chart" ? () => plot.current?.toPicture({ title, source: `Source: ${source}` }) ?? null : null}
            explain={explain}
          />
        </div>
      </div>
      <p className="chart-summary mb-3 max-w-[88ch] text-13 text-muted [&_b]:text-text">{ready || state.kind === "loading" ? summary : null}</p>
      {partial != null && ready && (
        <p role="note" className="mb-3 rounded border bg-warn-soft px-3 py-2 text-13">
          {partial}
        </p>
      )}
      <div style={{ minHeight: height }}>
        {state.kind === "loading" && (
          <div aria-hidden>
            {kind && <div className="chart-spare" data-kind={kind} />}
            <div className="skeleton" style={{ height }} />
          </div>
        )}
        {state.kind === "empty" && (
          <StateMessage kind="empty" title={state.title} action={state.action}>
            {state.detail}
          </StateMessage>
        )}
        {state.kind === "failed" && <Failure {...state} />}
        {ready && (view === "table" && table ? <ValueTable caption={title} {...table} /> : children)}
      </div>
      <SourceLine sources={sources} note={note} />
    </section>
  );
}

function Failure({ problem: { status, title, detail, requestId }, retry }: { problem: Problem; retry: () => void }) {
  const forbidden = status === 401 || status === 403;
  return (
    <StateMessage
      kind={forbidden ? "forbidden" : "error"}
      title={forbidden ? "These values aren’t open to you" : title}
      requestId={requestId}
      action={<Button onClick={retry}>Try again</Button>}
    >
      {detail ?? (forbidden ? "Sign in with an account that may read them." : "The values of this chart couldn’t be loaded. The other charts are not affected.")}
    </StateMessage>
  );
}

/** A place for the plot's handle, which the card's menu needs for its picture. */
export function usePlot(): RefObject<PlotHandle | null> {
  return useRef<PlotHandle>(null);
}

/** Whether a figure shows anything made up. */
export function isSample(figure: Figure): boolean {
  return figure.sample.length > 0;
}
