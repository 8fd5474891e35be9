import Link from "next/link";
import type { ReactNode } from "react";
import type { Clock } from "#lib/clock.ts";
import { formatMeasure, formatShare } from "#lib/format-number.ts";
import { formatClock, formatDay, formatHours } from "#lib/format-time.ts";
import { badgeClass } from "#ui/badge.ts";
import { Card } from "#ui/card.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import type { SourceNote } from "#domains/grid/series/series-schema.ts";
import type { RegionStatus } from "#domains/grid/status/status-schema.ts";
import { reportName } from "./report-name.ts";
import { newest } from "./source-health-table.tsx";
import { SourceDot } from "./source-state.tsx";
import { SampleBadge } from "./sample-badge.tsx";
import { SupplyBar } from "./supply-bar.tsx";
import { shareOf, supplyOf } from "./supply-parts.ts";

interface SupplyCardProps {
  status: RegionStatus;
  source?: SourceNote | undefined;
  help: ReactNode;
  href: string;
  clock: Clock;
  now: Date;
}

/** What a region is supplied from now, by fuel. */
export function SupplyCard({ status: { name, mix, sample, intensityGramsPerKwh }, source, help, href, clock, now }: SupplyCardProps) {
  const title = `${name} supply by source, MW`;
  if (!mix || mix.parts.every(({ powerMw }) => powerMw <= 0)) {
    return (
      <Card id="supply" title={title} help={help}>
        <div className="mt-2">
          <StateMessage kind="empty" title="No output by source yet">
            The bar shows generation, imports and storage by source, as soon as a source of {name} has answered. <Link href="/sources">All sources</Link>
          </StateMessage>
        </div>
      </Card>
    );
  }
  const supply = supplyOf(mix.parts);
  const { exports, charging } = supply.outMw;
  return (
    <Card id="supply" title={title} help={help} aside={sample ? <SampleBadge /> : <Interval mix={mix} source={source} clock={clock} now={now} />}>
      <p className="mb-3 max-w-[88ch] text-13 text-muted">
        <b className="text-text">{formatMeasure(supply.totalMw, "MW")}</b> in total. Nuclear and hydro carry{" "}
        <b className="text-text">{formatShare(shareOf(supply, ["nuclear", "hydro"]), 0)}</b>
        {intensityGramsPerKwh !== null && (
          <>
            ; emissions intensity <b className="text-text">{formatMeasure(intensityGramsPerKwh, "g/kWh")}</b>, lifecycle factors
          </>
        )}
        .{exports > 0 && ` Exports take ${formatMeasure(exports, "MW")}.`}
        {charging > 0 && ` Storage is charged with ${formatMeasure(charging, "MW")}.`}
      </p>
      <SupplyBar label={`${name} supply by source`} parts={supply.parts} />
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 border-t pt-2 text-12 text-muted">
        {source && (
          <>
            <span>
              Source: {source.publisher}, {reportName(source)}
            </span>
            <a href={source.licence.url} className="touch-area text-muted max-sm:hidden">
              {source.licence.name}
            </a>
          </>
        )}
        <Link href={href} className="touch-area ml-auto text-muted">
          {name} over the day
        </Link>
      </div>
    </Card>
  );
}

function Interval({ mix, source, clock, now }: Pick<SupplyCardProps, "source" | "clock" | "now"> & { mix: NonNullable<RegionStatus["mix"]> }) {
  const { start, end } = mix;
  const old = newest(end, clock, now) !== formatClock(end, clock);
  return (
    <span className={badgeClass}>
      {source && <SourceDot state={source.state} />}
      {old && `${formatDay(start, clock)}, `}
      {start === end ? formatClock(end, clock) : `${formatHours(start, clock)}–${formatClock(end, clock)}`}
    </span>
  );
}
