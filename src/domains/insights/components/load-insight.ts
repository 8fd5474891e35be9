import type { FactorKind, Metric, Region, Resolution } from "#domains/grid/index.ts";
import { api } from "#ui/api/client.ts";
import type { InsightAnswer, InsightTask, ShownMetric, Wanted } from "../schema.ts";

/** What a chart shows, as it is sent. */
export interface ShownSelection {
  region: Region;
  metric: ShownMetric;
  item?: string;
  from: string;
  to: string;
  tz: string;
  as_of?: string;
  resolution: Resolution;
  factors?: FactorKind;
}

/** What the reader asks, and whether a model may write. */
export type Asked = { prompt: string | null } & Pick<Wanted, "mode">;

/** Asks a task about a selection. Throws what its request throws. */
export async function loadInsight(
  task: InsightTask, { region, metric, item, from, to, tz, as_of, resolution, factors }: ShownSelection, { prompt, mode }: Asked, signal: AbortSignal,
): Promise<InsightAnswer> {
  const range = { region, from, to, tz, ...(mode === "any" ? {} : { mode }), ...(prompt === null ? {} : { prompt }), ...(as_of === undefined ? {} : { as_of }) };
  const shown = {
    ...range, metric, ...(item === undefined ? {} : { item }), ...(factors === undefined ? {} : { factors }),
    // Months are longer than what is read in one: days stand for them.
    resolution: resolution === "month" ? "day" as const : resolution,
  };
  switch (task) {
    case "explain-chart": return dataOf(await api.POST("/api/llm/explain-chart", { body: shown, signal }));
    case "analytics-insight": return dataOf(await api.POST("/api/llm/analytics-insight", { body: shown, signal }));
    case "transition-report": return dataOf(await api.POST("/api/llm/transition-report", { body: range, signal }));
    case "market-brief": return dataOf(await api.POST("/api/llm/market-brief", { body: range, signal }));
    case "data-quality": return dataOf(await api.POST("/api/llm/data-quality", { body: { ...range, metric: observed(metric), ...(item === undefined ? {} : { item }) }, signal }));
  }
}

function observed(metric: ShownMetric): Metric {
  if (metric === "emissions-intensity") throw new Error("What is computed has no data quality of its own");
  return metric;
}

function dataOf<Data>({ data }: { data?: Data | undefined }): Data {
  if (data === undefined) throw new Error("The answer has no body");
  return data;
}
