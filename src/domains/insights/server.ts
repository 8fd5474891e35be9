import "server-only";

export { explainChart, findInsights } from "./explain.ts";
export { reportTransition } from "./transition.ts";
export { checkQuality } from "./quality.ts";
export { briefMarket } from "./market.ts";
