import Link from "next/link";
import type { Clock } from "#lib/clock.ts";
import { formatClock, formatDay, formatSpan } from "#lib/format-time.ts";
import type { GridSource } from "#domains/grid/health/source-list-schema.ts";
import { reportName } from "./report-name.ts";
import { HourCells } from "./hour-cells.tsx";
import { SourceStateLine } from "./source-state.tsx";

const dayMs = 24 * 3_600_000;

interface SourceHealthTableProps {
  sources: GridSource[];
  clockOf: (source: GridSource) => Clock;
  now: Date;
}

/** How the sources that are read do: cadence, newest data, each of the last hours, and the state in words. */
export function SourceHealthTable({ sources, clockOf, now }: SourceHealthTableProps) {
  return (
    <table className="data-table mt-2">
      <caption className="sr-only">Source health, last 24 hours</caption>
      <thead>
        <tr>
          <th scope="col">Source</th>
          <th scope="col" className="max-sm:hidden">Report</th>
          <th scope="col" className="max-md:hidden">Cadence</th>
          <th scope="col">Newest data</th>
          <th scope="col" className="max-sm:hidden">By hour, oldest to newest</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <tr key={source.id}>
            <th scope="row">
              {source.publisher}
              <span className="block font-regular text-muted sm:hidden">{reportName(source)}</span>
            </th>
            <td className="max-sm:hidden">
              <Link href={`/sources#${source.id}`} prefetch={false} className="touch-area text-muted">
                {reportName(source)}
              </Link>
            </td>
            <td className="whitespace-nowrap text-muted max-md:hidden">{formatSpan(source.cadenceMinutes)}</td>
            <td>{source.dataUntil === null ? <span className="text-muted">none yet</span> : newest(source.dataUntil, clockOf(source), now)}</td>
            <td className="w-[28%] max-sm:hidden">{source.hours.length > 0 ? <HourCells hours={source.hours} /> : <span className="text-muted">not read</span>}</td>
            <td>
              <SourceStateLine source={source} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "16:35 EST", with its day where that isn't clear. */
export function newest(time: string, clock: Clock, now: Date): string {
  const old = now.getTime() - Date.parse(time) > dayMs;
  return old ? `${formatDay(time, clock)}, ${formatClock(time, clock)}` : formatClock(time, clock);
}
