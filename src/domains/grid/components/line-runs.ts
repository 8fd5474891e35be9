import type { Quality } from "#domains/grid/schema.ts";
import type { Line } from "#domains/grid/series/series-schema.ts";

/** How a stretch of a line is drawn: as measured, as an estimate, as a forecast, or as made up. */
export type Look = "measured" | "estimated" | "forecast" | "sample";

const looks: Readonly<Record<Quality, Look>> = { measured: "measured", preliminary: "measured", estimated: "estimated", forecast: "forecast", sample: "sample" };

export interface LineRun extends Pick<Line, "start" | "end" | "value"> {
  look: Look;
}

/** A line in stretches of one look; each begins with the last interval of the one before, so that they meet. */
export function runsByLook({ start, end, value, quality }: Pick<Line, "start" | "end" | "value" | "quality">): LineRun[] {
  const runs: LineRun[] = [];
  for (const [index, each] of value.entries()) {
    const look = looks[quality[index] ?? "measured"];
    const current = runs.at(-1);
    const entry = [start[index] ?? "", end[index] ?? "", each] as const;
    if (current?.look === look) add(current, entry);
    else {
      const run: LineRun = { look, start: [], end: [], value: [] };
      if (current && current.end.at(-1) === entry[0]) add(run, [current.start.at(-1) ?? "", entry[0], current.value.at(-1) ?? null]);
      add(run, entry);
      runs.push(run);
    }
  }
  return runs;
}

function add(run: LineRun, [start, end, value]: readonly [string, string, number | null]): void {
  run.start.push(start);
  run.end.push(end);
  run.value.push(value);
}
