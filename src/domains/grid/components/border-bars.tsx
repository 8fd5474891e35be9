import { formatChange, formatMeasure } from "#lib/format-number.ts";
import { placeOf } from "./border-picture.ts";
import type { BorderFlows } from "./borders.ts";

/** Flows over borders as bars from zero: import to the left, export to the right, what was scheduled as a mark. */
export function BorderBars({ flows: { borders, netMw }, label }: { flows: BorderFlows; label: string }) {
  const across = placeOf(borders);
  const place = (mw: number) => across(mw) * 100;
  const scheduled = borders.some(({ scheduledMw }) => scheduledMw !== null);
  return (
    <div>
      <div aria-hidden className="border-row text-12 text-muted">
        <span />
        <span className="flex justify-between">
          <span>← Import</span>
          <span>Export →</span>
        </span>
        <span className="text-right">Net</span>
      </div>
      <ul aria-label={label}>
        {borders.map(({ name, flowMw, scheduledMw }) => (
          <li key={name} className="border-row">
            <span className="truncate">{name}</span>
            <span aria-hidden className="border-track">
              {flowMw !== null && (
                <i
                  className="border-flow"
                  style={{ left: `${Math.min(50, place(flowMw))}%`, right: `${100 - Math.max(50, place(flowMw))}%`, background: `var(--fuel-${flowMw < 0 ? "imports" : "exports"})` }}
                />
              )}
              {scheduledMw !== null && <i className="border-scheduled" style={{ left: `${place(scheduledMw)}%` }} />}
              <i className="border-zero" />
            </span>
            <span className="text-right">
              {flowMw === null ? <span className="text-muted">no data</span> : formatChange(flowMw)}
              <span className="sr-only">
                {flowMw === null ? "" : ` MW ${flowMw < 0 ? "import" : "export"}`}
                {scheduledMw !== null && `, scheduled ${formatMeasure(scheduledMw, "MW")}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className="border-row border-t font-strong">
        <span>{(netMw ?? 0) < 0 ? "Net import" : "Net export"}</span>
        <span />
        <span className="text-right">{netMw === null ? "–" : formatChange(netMw)}</span>
      </p>
      {scheduled && (
        <p aria-hidden className="mt-2 text-12 text-muted">
          <i className="border-scheduled-key" />
          Scheduled for the hour
        </p>
      )}
    </div>
  );
}
