import { formatNumber } from "#lib/format-number.ts";
import { qualityNames, type Line, type Quality, type SeriesAnswer } from "#domains/grid/index.ts";
import { momentText, type ZoneClock } from "#ui/charts/zone-clock.ts";

interface HourTableProps {
  weather: SeriesAnswer;
  demand: SeriesAnswer;
  clock: ZoneClock;
  weatherTitle: string;
  demandTitle: string;
}

/** What the panels show, as a table: the newest hours first. */
export function HourTable({ weather, demand, clock, weatherTitle, demandTitle }: HourTableProps) {
  const [first, second] = [valuesOf(weather.lines), valuesOf(demand.lines)];
  const hours = [...new Set([...first.keys(), ...second.keys()])].sort().reverse();
  return (
    <details className="mt-2 text-13">
      <summary className="min-h-6 w-fit cursor-pointer py-1 text-muted max-md:py-3">The same as a table</summary>
      <div className="max-h-96 overflow-auto" tabIndex={0} role="region" aria-label={`${weatherTitle} and ${demandTitle} by hour`}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">Hour from</th>
              <th scope="col" className="text-right!">{weatherTitle}</th>
              <th scope="col">Quality</th>
              <th scope="col" className="text-right!">{demandTitle}</th>
            </tr>
          </thead>
          <tbody>
            {hours.map((hour) => {
              const [own, used] = [first.get(hour), second.get(hour)];
              return (
                <tr key={hour}>
                  <th scope="row" className="font-regular! whitespace-nowrap">{momentText(clock, Date.parse(hour))}</th>
                  <td className="text-right!">{own ? formatNumber(own.value, 1) : ""}</td>
                  <td className="text-muted">{own ? qualityNames[own.quality] : ""}</td>
                  <td className="text-right!">{used ? formatNumber(used.value) : ""}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** By hour, of several lines the first one's value. */
function valuesOf(lines: readonly Line[]): Map<string, { value: number; quality: Quality }> {
  const values = new Map<string, { value: number; quality: Quality }>();
  for (const { start, value, quality } of lines) {
    for (const [index, at] of start.entries()) {
      const each = value[index] ?? null;
      if (each !== null && !values.has(at)) values.set(at, { value: each, quality: quality[index] ?? "measured" });
    }
  }
  return values;
}
