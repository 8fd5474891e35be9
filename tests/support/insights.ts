import type { ChartExplanation, Fact } from "#domains/insights/index.ts";
import type { SourceNote } from "#domains/grid/index.ts";

const source: SourceNote = {
  id: "ieso.demand", name: "Hourly demand", publisher: "IESO", licence: { name: "IESO terms", url: "https://example.org/terms" }, page: "https://example.org/demand",
  cadenceMinutes: 60, dataUntil: "2026-11-20T21:00:00.000Z", fetchedAt: "2026-11-20T21:05:00.000Z", state: "on-time",
};

export function makeFact(over: Partial<Fact> = {}): Fact {
  return {
    id: "highest", title: "Highest", value: 18_196, unit: "MW", text: "18 196 MW", sentence: "The highest value is 18 196 MW.",
    interval: { from: "2026-11-20T23:00:00.000Z", to: "2026-11-21T00:00:00.000Z" }, when: "20 Nov 2026, 18:00–19:00 EST", sources: ["ieso.demand"], sample: false,
    check: [{ label: "Values", href: "/api/grid/series?region=CA-ON&metric=demand" }, { label: "Chart", href: "/grid/ontario?from=2026-11-20&to=2026-11-20#demand" }], ...over,
  };
}

/** An explanation of a day of Ontario's demand with one fact. */
export function makeExplanation(over: Partial<ChartExplanation> = {}): ChartExplanation {
  return {
    task: "explain-chart", mode: "computed", model: null, callId: null, cached: false, note: null, title: "Ontario demand, 20 Nov 2026", region: "CA-ON", metric: "demand", resolution: "hour",
    from: "2026-11-20T05:00:00.000Z", to: "2026-11-21T05:00:00.000Z", zone: "Etc/GMT+5", statements: [{ text: "The highest value is 18 196 MW.", facts: ["highest"] }],
    facts: [makeFact()], limits: ["Numbers are rounded."], sources: [source], sample: false, ...over,
  };
}

/** The same, written by a model. */
export function makeWritten(over: Partial<ChartExplanation> = {}): ChartExplanation {
  return makeExplanation({
    mode: "generated", model: "gpt-4.1-mini", callId: "0199f3a0-0000-7000-8000-000000000002", statements: [{ text: "Demand peaked at 18 196 MW in the evening.", facts: ["highest"] }], ...over,
  });
}
