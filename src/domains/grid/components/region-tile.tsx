import Link from "next/link";
import type { Clock } from "#lib/clock.ts";
import { formatChange, formatSignificant } from "#lib/format-number.ts";
import { formatClock, formatDay } from "#lib/format-time.ts";
import type { SourceNote } from "#domains/grid/series/series-schema.ts";
import type { RegionStatus } from "#domains/grid/status/status-schema.ts";
import { Age } from "./age.tsx";
import { regionColour } from "./colours.ts";
import { SourceDot } from "./source-state.tsx";
import { SparkLine } from "./spark-line.tsx";

const dayMs = 24 * 3_600_000;

interface RegionTileProps {
  status: RegionStatus;
  /** Where its demand is from; absent while there is none. */
  source?: SourceNote | undefined;
  href: string;
  clock: Clock;
  /** When the status was made, ISO 8601. */
  at: string;
}

/** Demand of a region now: how much, how much more than a day before, the shape of the day, and how fresh that is. */
export function RegionTile({ status, source, href, clock, at }: RegionTileProps) {
  const { region, name, demand, demandDay, sample } = status;
  const now = Date.parse(at);
  return (
    <li className="min-w-0">
      <Link
        href={href}
        className="grid h-full content-start gap-x-3 gap-y-0.5 p-3 text-text no-underline hover:bg-sunken max-sm:grid-cols-[minmax(0,1fr)_112px] sm:px-4 sm:pt-3.5"
      >
        <span className="flex items-center gap-2 text-13 font-strong">
          <i aria-hidden className="h-[3px] w-3 rounded-small" style={{ background: regionColour(region) }} />
          {name}
        </span>
        <span className="min-h-9 text-28 leading-9 font-strong tracking-[-0.015em] whitespace-nowrap">
          {demand ? (
            <>
              {formatSignificant(demand.value / 1_000)} <small className="text-14 font-regular tracking-normal text-muted">GW</small>
            </>
          ) : (
            <span className="text-14 font-regular tracking-normal text-muted">No value</span>
          )}
        </span>
        <span className="text-13 text-muted">{changeWords(status, source, clock)}</span>
        <span className="my-1.5 block h-9 max-sm:col-start-2 max-sm:row-span-3 max-sm:row-start-1 max-sm:mr-2 max-sm:h-12 max-sm:self-center">
          <SparkLine region={region} {...demandDay} from={now - dayMs} to={now} sample={sample} />
        </span>
        <span className="flex min-h-[18px] items-center gap-1.5 text-12 text-muted max-sm:col-span-2">
          {demand && source ? (
            <>
              <SourceDot state={source.state} />
              <span>
                {formatClock(demand.end, clock)} · {sample ? "sample data" : source.state === "not-answering" ? "not answering" : <Age time={demand.end} now={at} />}
              </span>
            </>
          ) : (
            "No source of it has answered yet"
          )}
        </span>
      </Link>
    </li>
  );
}

function changeWords({ demand, demandChangeMw }: RegionStatus, source: SourceNote | undefined, clock: Clock): string {
  if (!demand) return "";
  if (source?.state === "not-answering") return "Last good value";
  if (demandChangeMw === null) return "No value of a day before";
  const before = formatDay(new Date(Date.parse(demand.start) - dayMs), clock);
  return `${formatChange(demandChangeMw / 1_000, 2)} GW from ${before}`;
}
