import "server-only";

export { insightPrompts } from "./writing/prompts.ts";
export { briefMarket, checkQuality, explainChart, findInsights, reportTransition } from "./tasks.ts";
