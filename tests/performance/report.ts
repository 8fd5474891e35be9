/** What a measure found, and how it is printed. */
import { mean, median, percentile } from "./statistics.ts";

export type Unit = "ms" | "s" | "kB" | "B" | "/s" | "";

export interface Figure {
  name: string;
  unit: Unit;
  median: number;
  /** Absent where there are too few samples to speak of one. */
  p95: number | null;
  samples: number;
  /** The same measured on something known, in the same run. */
  baseline: { name: string; median: number } | null;
  /** What was hoped for, and whether it came true. */
  goal: { text: string; met: boolean } | null;
}

export interface Findings {
  title: string;
  figures: Figure[];
  /** What a reader must know to read the figures. */
  notes: string[];
}

type Summary = "median" | "mean" | "p95" | "maximum";

/** At most or at least a value, by the median unless said otherwise; or so many times as fast as the baseline, by medians. */
export type Goal = { most: number; of?: Summary } | { least: number; of?: Summary } | { timesAsFast: number };

export interface FigureContext {
  baseline?: { name: string; samples: number[] };
  goal?: Goal;
}

const samplesForP95 = 20;

/** Sums samples up. */
export function figure(name: string, unit: Unit, samples: number[], { baseline, goal }: FigureContext = {}): Figure {
  const p95 = samples.length < samplesForP95 ? null : percentile(samples, 0.95);
  const middle = median(samples);
  return {
    name,
    unit,
    median: middle,
    p95,
    samples: samples.length,
    baseline: baseline ? { name: baseline.name, median: median(baseline.samples) } : null,
    goal: goal ? judge(goal, unit, samples, baseline?.samples ?? []) : null,
  };
}

function judge(goal: Goal, unit: Unit, samples: number[], baseline: number[]): { text: string; met: boolean } {
  if ("timesAsFast" in goal) {
    const times = median(baseline) / median(samples);
    return { text: `${goal.timesAsFast} × as fast (${times.toFixed(1)} ×)`, met: times >= goal.timesAsFast };
  }
  const of = goal.of ?? "median";
  const judged = { median, mean, p95: (all: number[]) => percentile(all, 0.95), maximum: (all: number[]) => Math.max(...all) }[of](samples);
  const [sign, bound, met] = "most" in goal ? ["≤", goal.most, judged <= goal.most] as const : ["≥", goal.least, judged >= goal.least] as const;
  return { text: `${of} ${sign} ${withUnit(bound, unit)}${of === "mean" ? ` (${judged.toFixed(3)})` : ""}`, met };
}

/** The findings as a Markdown table each, notes below. */
export function toMarkdown(findings: Findings[]): string {
  return findings.map(section).join("\n\n");
}

function section({ title, figures, notes }: Findings): string {
  const head = ["figure", "median", "p95", "n", "baseline", "ratio", "goal"];
  const rows = figures.map((found) => [
    found.name,
    withUnit(found.median, found.unit),
    found.p95 === null ? "" : withUnit(found.p95, found.unit),
    String(found.samples),
    found.baseline === null ? "" : `${withUnit(found.baseline.median, found.unit)} (${found.baseline.name})`,
    ratio(found),
    found.goal === null ? "" : `${found.goal.text}: ${found.goal.met ? "met" : "MISSED"}`,
  ]);
  const lines = [head, ["---", "---:", "---:", "---:", "---", "---:", "---"], ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return [`### ${title}`, "", ...lines, ...(notes.length === 0 ? [] : ["", ...notes.map((note) => `- ${note}`)])].join("\n");
}

function ratio({ median: value, baseline }: Figure): string {
  return baseline === null || baseline.median === 0 ? "" : `${(value / baseline.median).toFixed(2)} ×`;
}

function withUnit(value: number, unit: Unit): string {
  const digits = Number.isInteger(value) || Math.abs(value) >= 1_000 ? 0 : Math.abs(value) >= 100 ? 1 : 2;
  return `${value.toFixed(digits)}${unit === "" || unit === "/s" ? unit : ` ${unit}`}`;
}
