import { cx } from "#ui/class-names.ts";
import type { Readout } from "#ui/charts/readout.ts";
import { SeriesMark } from "#ui/charts/series-mark.tsx";

interface ReadoutBoxProps {
  readout: Readout | null;
  /** In its own place above the plot, or beside the cursor at a share of the plot's width. */
  place: "above" | { x: number };
}

/** The values of one interval. */
export function ReadoutBox({ readout, place }: ReadoutBoxProps) {
  const above = place === "above";
  if (!readout) return above ? <p className="text-12 text-muted">Touch the chart to read its values.</p> : null;
  return (
    <div
      className={cx("plot-readout", above ? "plot-readout-above" : "floating plot-readout-beside")}
      style={above ? undefined : place.x > 0.55 ? { right: `calc(${(1 - place.x) * 100}% + 12px)` } : { left: `calc(${place.x * 100}% + 12px)` }}
    >
      <p className="font-strong">{readout.title}</p>
      <table data-many={readout.rows.length > 4 || undefined}>
        <tbody>
          {readout.rows.map((row) => (
            <tr key={row.id} data-wide={row.color === null || row.dashed || undefined}>
              <td>
                <SeriesMark color={row.color} dashed={row.dashed} look={row.look} line={row.value !== null} />
                {row.name}
                {row.range !== null && <span className="plot-range">{row.range}</span>}
              </td>
              <td>{row.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
