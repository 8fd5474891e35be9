import { formatNumber } from "#lib/format-number.ts";
import { cx } from "#ui/class-names.ts";
import type { Span } from "#ui/charts/columns.ts";
import type { EndLabel } from "#ui/charts/end-labels.ts";
import type { Figure } from "#ui/charts/figure.ts";
import type { Readout } from "#ui/charts/readout.ts";
import { SeriesMark } from "#ui/charts/series-mark.tsx";
import type { Tick } from "#ui/charts/ticks.ts";
import type { View } from "#ui/charts/view.ts";
import { spanText } from "#ui/charts/zone-clock.ts";

interface Placed {
  figure: Figure;
  view: View;
  width: number;
}

const share = (at: number, { from, to }: View) => (at - from) / (to - from);

/** Ticks of both axes as text. */
export function AxisLabels({ figure, view, ticks, height, width }: Placed & { ticks: Tick[]; height: number }) {
  const { scale } = figure;
  return (
    <>
      {scale.ticks.map((value) => (
        <span key={value} className="plot-tick plot-tick-y" style={{ top: ((scale.max - value) / (scale.max - scale.min)) * height }}>
          {formatNumber(value, scale.decimals)}
        </span>
      ))}
      {ticks.map(({ at, text }) => {
        const x = share(at, view) * width;
        const edge = x < 16 ? "plot-tick-first" : x > width - 16 ? "plot-tick-last" : null;
        return (
          <span key={at} className={cx("plot-tick plot-tick-x", edge)} style={{ left: x }}>
            {text}
          </span>
        );
      })}
    </>
  );
}

/** Words at the foot of stretches that are wide enough for them: what is missing, what was estimated. */
export function StretchLabels({ figure, view, width }: Placed) {
  if (figure.stack) return null;
  const label = (span: Span, words: string) => {
    const [left, right] = [Math.max(0, share(span.from, view)), Math.min(1, share(span.to, view))];
    const pixels = (right - left) * width;
    if (pixels < 44) return null;
    const times = pixels > 64 && span.to - span.from < 2 * 86_400_000;
    return (
      <span key={`${words}${span.from}`} className="plot-stretch" style={{ left: ((left + right) / 2) * width }}>
        {words}
        {times && <span className="block">{spanText(figure.clock, span.from, span.to, { withZone: false })}</span>}
      </span>
    );
  };
  return (
    <>
      {figure.gaps.map((span) => label(span, "No data"))}
      {figure.estimated.map((span) => label(span, "Estimated"))}
    </>
  );
}

/** What changed at an instant, beside its line: what was before it, what is after it. */
export function Breaks({ figure, view, width }: Placed) {
  return (figure.breaks ?? []).filter(({ at }) => at > view.from && at < view.to).map(({ at, title, before, after }) => {
    const x = share(at, view) * width;
    return (
      <div key={at} className="contents">
        {x > 90 && <span className="plot-break text-right text-muted" style={{ right: width - x + 8 }}>{before}</span>}
        <span className={cx("plot-break", x > width - 150 && x > 90 && "plot-break-below")} style={x > width - 150 && x > 90 ? { right: width - x + 8 } : { left: x + 8 }}>
          <b>{title}</b>
          <span className="block text-muted">{after}</span>
        </span>
      </div>
    );
  });
}

/** Names where lines and bands end. */
export function EndLabels({ labels, view, width, figure }: Placed & { labels: EndLabel[] }) {
  return labels.map(({ id, name, color, value, at, y }) => (
    <span key={id} className="plot-end" style={{ left: share(at, view) * width + 8, top: y }}>
      {figure.stack && <SeriesMark color={color} dashed={false} look="measured" line={false} />}
      {figure.stack ? name : <b style={{ color: `color-mix(in oklch, var(${color}) 72%, var(--text))` }}>{name}</b>}
      <span className="text-muted"> {formatNumber(value, figure.decimals)}</span>
    </span>
  ));
}

/** Names beside a stack, where its parts are largest. */
export function InsideLabels({ labels, view, width }: Omit<Placed, "figure"> & { labels: EndLabel[] }) {
  return labels.map(({ id, name, color, at, y }) => (
    <span key={id} className="plot-inside" style={{ left: share(at, view) * width, top: y }}>
      <SeriesMark color={color} dashed={false} look="measured" line={false} />
      {name}
    </span>
  ));
}

/** A line through what is read, and a point on each line. */
export function Cursor({ readout, figure, view, height, width }: Placed & { readout: Readout; height: number }) {
  const { scale } = figure;
  const x = share((readout.start + readout.end) / 2, view) * width;
  if (x < 0 || x > width) return null;
  return (
    <>
      <i className="plot-cursor" style={{ left: x }} />
      {readout.rows.flatMap(({ id, value, color }) =>
        value === null || color === null ? [] : [<i key={id} className="plot-point" style={{ left: x, top: ((scale.max - value) / (scale.max - scale.min)) * height, background: `var(${color})` }} />])}
    </>
  );
}
