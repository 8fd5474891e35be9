import { formatMeasure, formatNumber, formatShare } from "#lib/format-number.ts";
import { cx } from "#ui/class-names.ts";
import { fuelNames } from "#domains/grid/labels.ts";
import type { Fuel } from "#domains/grid/schema.ts";
import { layoutLabels, type BarLabel } from "./bar-labels.ts";
import { fuelColour } from "./colours.ts";

export interface SupplyPart {
  fuel: Fuel;
  powerMw: number;
  /** Of all that is supplied, 0 to 1. */
  share: number;
}

/** Widths that labels are laid out for: from each on, until the next. */
const widths = [{ width: 480, shown: "hidden @min-[480px]:block @min-[800px]:hidden" }, { width: 800, shown: "hidden @min-[800px]:block" }];
const characterWidth = 6.7;
const padding = 12;
const laneHeight = 24;
const twoLinesHeight = 44;

/** Supply as one bar, each part named: beside it where there is room, in a list on phones. */
export function SupplyBar({ label, parts }: { label: string; parts: SupplyPart[] }) {
  const bar = (
    <div
      role="img"
      aria-label={`${label}: ${parts.map(({ fuel, powerMw }) => `${fuelNames[fuel]} ${formatNumber(powerMw)}`).join(", ")} MW`}
      className="flex h-11 gap-px overflow-hidden rounded-[3px] bg-surface"
    >
      {parts.map(({ fuel, share }) => (
        <span key={fuel} className="block min-w-[3px]" style={{ width: `${share * 100}%`, background: fuelColour(fuel) }} />
      ))}
    </div>
  );
  return (
    <div className="@container">
      {widths.map(({ width, shown }) => (
        <div key={width} className={shown}>
          <LabelledBar parts={parts} width={width}>
            {bar}
          </LabelledBar>
        </div>
      ))}
      <div className="@min-[480px]:hidden">
        {bar}
        <PartTable label={label} parts={parts} />
      </div>
    </div>
  );
}

function LabelledBar({ parts, width, children }: { parts: SupplyPart[]; width: number; children: React.ReactNode }) {
  const { labels, left, lanesAbove, lanesBelow } = layoutLabels(parts.map(sizeOf), width);
  const side = (wanted: BarLabel["side"]) => labels.filter((label) => label.side === wanted);
  const below = lanesBelow === 0 ? 0 : twoLinesHeight + (lanesBelow - 1) * laneHeight;
  return (
    <>
      <div className="relative text-12 leading-4" style={{ height: lanesAbove * laneHeight }}>
        {side("above").map((label) => <PlacedLabel key={label.part} label={label} part={parts[label.part]} />)}
      </div>
      {children}
      <div className="relative text-12 leading-4" style={{ height: below }}>
        {side("below").map((label) => <PlacedLabel key={label.part} label={label} part={parts[label.part]} />)}
      </div>
      {left.length > 0 && <p className="mt-1 text-12 text-muted">Also {left.map((index) => oneLine(parts[index])).join(", ")}</p>}
    </>
  );
}

function PlacedLabel({ label: { side, lane, anchor, at }, part }: { label: BarLabel; part: SupplyPart | undefined }) {
  if (!part) return null;
  const twoLines = side === "below" && lane === 0;
  const reach = side === "above" ? (lane + 1) * laneHeight - 2 : twoLines ? twoLinesHeight - 4 : twoLinesHeight + lane * laneHeight - 4;
  return (
    <span
      className={cx("absolute flex whitespace-nowrap border-line-strong", side === "above" ? "bottom-0 items-start" : "top-0 items-end", anchor === "start" ? "border-l pl-2" : "-translate-x-full border-r pr-2")}
      style={{ left: `${at * 100}%`, height: reach }}
    >
      {twoLines ? (
        <span>
          <b className="block">{fuelNames[part.fuel]}</b>
          {formatNumber(part.powerMw)} <span className="text-muted">{formatShare(part.share)}</span>
        </span>
      ) : (
        <span>
          {fuelNames[part.fuel]} <b>{formatNumber(part.powerMw)}</b> <span className="text-muted">{formatShare(part.share)}</span>
        </span>
      )}
    </span>
  );
}

function PartTable({ label, parts }: { label: string; parts: SupplyPart[] }) {
  return (
    <table className="data-table mt-2">
      <caption className="sr-only">{label}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Source</th>
          <th scope="col">Power</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {parts.map(({ fuel, powerMw, share }) => (
          <tr key={fuel}>
            <th scope="row" className="font-regular!">
              <i aria-hidden className="swatch mr-1.5" style={{ background: fuelColour(fuel) }} />
              {fuelNames[fuel]}
            </th>
            <td className="text-right! whitespace-nowrap">{formatMeasure(powerMw, "MW")}</td>
            <td className="text-right! whitespace-nowrap text-muted">{formatShare(share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const oneLine = (part: SupplyPart | undefined) => (part ? `${fuelNames[part.fuel]} ${formatMeasure(part.powerMw, "MW")}` : "");

function sizeOf({ fuel, powerMw, share }: SupplyPart) {
  const value = `${formatNumber(powerMw)} ${formatShare(share)}`;
  const wide = (characters: number) => characters * characterWidth + padding;
  return { share, twoLines: wide(Math.max(value.length, fuelNames[fuel].length)), oneLine: wide(fuelNames[fuel].length + 1 + value.length) };
}
