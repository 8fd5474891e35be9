import type { Look } from "#ui/charts/columns.ts";

interface SeriesMarkProps {
  /** Name of a token; null for a sum, which has no mark. */
  color: string | null;
  dashed: boolean;
  look: Look;
  /** A piece of a line, or a swatch of an area. */
  line: boolean;
}

/** A piece of what is drawn, beside its name. */
export function SeriesMark({ color, dashed, look, line }: SeriesMarkProps) {
  if (color === null) return null;
  if (!line) return <i className="plot-swatch" style={{ background: `var(${color})` }} />;
  const style = dashed || look === "forecast" ? "dashed" : look === "estimated" ? "dotted" : "solid";
  return <i className="plot-key" style={{ opacity: look === "sample" ? 0.72 : undefined, borderTopColor: `var(${color})`, borderTopStyle: style }} />;
}
