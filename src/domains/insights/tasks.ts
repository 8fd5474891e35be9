import { explainSelection, rankSelection } from "./explain.ts";
import { measureMarket } from "./market.ts";
import { inspectValues } from "./quality.ts";
import type {
  AnalyticsInsight, ChartExplanation, DataQuality, DataQualityRequest, ExplainChartRequest, MarketBrief, MarketBriefRequest, TransitionReport, TransitionReportRequest,
} from "./schema.ts";
import { compareGeneration } from "./transition.ts";
import { answerTask, type Asker } from "./writing/answer-task.ts";

/** What a chart shows. Throws INVALID_REQUEST for what can't be asked, NOT_FOUND for a range without values, and what answerTask throws. */
export function explainChart(asker: Asker, request: ExplainChartRequest): Promise<ChartExplanation> {
  return answerTask("explain-chart", asker, request, explainSelection);
}

/** What of a selection is out of the ordinary, by rules that are named. Throws as explainChart does. */
export function findInsights(asker: Asker, request: ExplainChartRequest): Promise<AnalyticsInsight> {
  return answerTask("analytics-insight", asker, request, rankSelection);
}

/** How generation and its emissions differ from before. Throws as explainChart does. */
export function reportTransition(asker: Asker, request: TransitionReportRequest): Promise<TransitionReport> {
  return answerTask("transition-report", asker, request, compareGeneration);
}

/** What is wrong with values as they were told. Throws as explainChart does. */
export function checkQuality(asker: Asker, request: DataQualityRequest): Promise<DataQuality> {
  return answerTask("data-quality", asker, request, inspectValues);
}

/** How a market's prices did. Throws as explainChart does. */
export function briefMarket(asker: Asker, request: MarketBriefRequest): Promise<MarketBrief> {
  return answerTask("market-brief", asker, request, measureMarket);
}
