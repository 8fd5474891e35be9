import type { Fact, Insight } from "./schema.ts";

interface Rule {
  ids: readonly string[];
  title: string;
  /** Says when it is notable. */
  rule: string;
  /** How remarkable, from 0; 1 and more is notable. */
  score: (fact: Fact, mean: number) => number;
}

/** A share of the mean's size; of what is zero on average nothing is a share. */
const shareOf = (value: number, mean: number) => (mean === 0 ? 0 : Math.abs(value / mean));

const rules: readonly Rule[] = [
  { ids: ["missing"], title: "Missing values", rule: "Notable where more than 2 % of the time has no value", score: ({ value }) => value / 2 },
  { ids: ["before"], title: "Against the time before", rule: "Notable where means differ by more than 5 %", score: ({ value }, mean) => shareOf(value, mean) / 0.05 },
  { ids: ["temperature"], title: "Temperature", rule: "Notable from a correlation of 0.7 either way", score: ({ value }) => Math.abs(value) / 0.7 },
  { ids: ["rise", "fall"], title: "Ramps", rule: "Notable where an hour moves by more than 15 % of the mean", score: ({ value }, mean) => shareOf(value, mean) / 0.15 },
  { ids: ["change"], title: "From first to last", rule: "Notable where the change is more than 20 % of the mean", score: ({ value }, mean) => shareOf(value, mean) / 0.2 },
  { ids: ["lowest"], title: "Below zero", rule: "Notable where the lowest value is below zero and the mean isn’t", score: ({ value }, mean) => (value < 0 && mean > 0 ? 1.5 : 0) },
];

const atMost = 6;

/** The facts that rules say something about, the most remarkable first; where none is, the mean and the extremes. */
export function rankInsights(facts: readonly Fact[]): Insight[] {
  const mean = facts.find(({ id }) => id === "mean")?.value ?? 0;
  const scored = rules.flatMap(({ ids, title, rule, score }) => {
    const own = facts.filter(({ id }) => ids.includes(id));
    if (own.length === 0) return [];
    const best = Math.max(...own.map((fact) => score(fact, mean)));
    const insight: Insight = { title, text: own.map(({ sentence }) => sentence).join(" "), weight: best >= 1 ? "notable" : "ordinary", rule, facts: own.map(({ id }) => id) };
    return best > 0 ? [{ insight, best }] : [];
  });
  return scored.sort((a, b) => b.best - a.best).slice(0, atMost).map(({ insight }) => insight);
}
