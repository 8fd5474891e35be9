import type { InsightTask, ShownMetric } from "../schema.ts";

/** What a reader can ask of a chart, as the panel names it. */
export const taskNames: Readonly<Record<InsightTask, string>> = {
  "explain-chart": "Explain",
  "analytics-insight": "What stands out",
  "transition-report": "Over a year",
  "data-quality": "Data quality",
  "market-brief": "Market",
};

/** The tasks that make sense of what a chart shows, the one to begin with first. */
export function tasksOf(metric: ShownMetric): InsightTask[] {
  const common: InsightTask[] = ["explain-chart", "analytics-insight"];
  switch (metric) {
    case "generation": return [...common, "transition-report"];
    case "price": return [...common, "market-brief", "data-quality"];
    case "emissions-intensity": return common;
    default: return [...common, "data-quality"];
  }
}
