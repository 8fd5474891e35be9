/** A part of a bar: where it stands, and how wide its label is in either form. */
export interface BarPart {
  /** Its share of the whole, 0 to 1. */
  share: number;
  /** Width of the label on two lines, and on one, in the unit of the bar's width. */
  twoLines: number;
  oneLine: number;
}

export interface BarLabel {
  /** Index of the part. */
  part: number;
  side: "below" | "above";
  /** 0 stands next to the bar, 1 behind it, and so on. */
  lane: number;
  /** Which edge of the label the leader stands at: text runs right of "start", left of "end". */
  anchor: "start" | "end";
  /** Where the leader meets the bar, 0 to 1. */
  at: number;
}

export interface BarLayout {
  labels: BarLabel[];
  /** Parts for whose labels there is no room. */
  left: number[];
  lanesAbove: number;
  lanesBelow: number;
}

interface Span {
  from: number;
  to: number;
}

const gap = 8;
const mostLanes = 4;
/** From this width on, a part is named right below it. */
const widePart = 40;

/**
 * Places the labels of a bar of this width so that none covers another, or another's leader. What has a wide part gets two
 * lines below it; the rest one line above or, where that is full, further off. Leaders are shares of the width while labels
 * keep their size, so what fits here fits on every wider bar.
 */
export function layoutLabels(parts: readonly BarPart[], width: number): BarLayout {
  const taken: Record<BarLabel["side"], Span[][]> = { above: [], below: [] };
  const labels: BarLabel[] = [];
  const left: number[] = [];
  let before = 0;
  const spans = parts.map(({ share }) => {
    const from = before;
    before += share;
    return { from, to: before };
  });
  const indexes = parts.map((_, index) => index);
  const isWide = (index: number) => (parts[index]?.share ?? 0) * width >= widePart;
  // Wide parts first, the widest before all: they take the places next to the bar. Then the others from left to right, so that
  // of labels that run to the left, the leader of each further one passes the nearer ones at their right.
  const wide = indexes.filter(isWide).sort((a, b) => (parts[b]?.share ?? 0) - (parts[a]?.share ?? 0) || a - b);
  const unplaced = wide.filter((index) => !place(index, nextToBar));
  const rest = indexes.filter((index) => !isWide(index) || unplaced.includes(index));
  left.push(...rest.filter((index) => !place(index, farther)));
  const lanes = (side: BarLabel["side"]) => Math.max(0, ...labels.filter((label) => label.side === side).map(({ lane }) => lane + 1));
  return { labels: labels.sort((a, b) => a.part - b.part), left, lanesAbove: lanes("above"), lanesBelow: lanes("below") };

  function place(index: number, candidates: (part: number, span: Span) => BarLabel[]): boolean {
    const part = parts[index];
    const span = spans[index];
    const label = part && span && candidates(index, span).find((candidate) => fits(candidate, part));
    if (!label) return false;
    take(label, part);
    labels.push(label);
    return true;
  }

  function fits(label: BarLabel, part: BarPart): boolean {
    const span = spanOf(label, part, width);
    if (span.from < 0 || span.to > width) return false;
    const leader = { from: label.at * width - 1, to: label.at * width + 1 };
    const free = (lane: number, wanted: Span) => (taken[label.side][lane] ?? []).every(({ from, to }) => wanted.to + gap <= from || wanted.from >= to + gap);
    return free(label.lane, span) && Array.from({ length: label.lane }, (_, lane) => lane).every((lane) => free(lane, leader));
  }

  function take(label: BarLabel, part: BarPart): void {
    const leader = { from: label.at * width - 1, to: label.at * width + 1 };
    const side = taken[label.side];
    for (let lane = 0; lane < label.lane; lane += 1) (side[lane] ??= []).push(leader);
    (side[label.lane] ??= []).push(spanOf(label, part, width));
  }
}

function nextToBar(part: number, { from, to }: Span): BarLabel[] {
  return [{ part, side: "below", lane: 0, anchor: "start", at: from }, { part, side: "below", lane: 0, anchor: "end", at: to }];
}

function farther(part: number, { from, to }: Span): BarLabel[] {
  const at = (from + to) / 2;
  const places = Array.from({ length: mostLanes }, (_, lane) => (["above", "below"] as const).map((side) => ({ side, lane }))).flat();
  return places
    .filter(({ side, lane }) => side === "above" || lane > 0)
    .flatMap(({ side, lane }) => (["end", "start"] as const).map((anchor): BarLabel => ({ part, side, lane, anchor, at })));
}

/** From where to where a label with its leader stands. Next to the bar below it has two lines, elsewhere one. */
export function spanOf({ side, lane, anchor, at }: BarLabel, { twoLines, oneLine }: BarPart, width: number): Span {
  const size = side === "below" && lane === 0 ? twoLines : oneLine;
  return anchor === "start" ? { from: at * width, to: at * width + size } : { from: at * width - size, to: at * width };
}
