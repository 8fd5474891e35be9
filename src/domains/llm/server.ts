import "server-only";

export { createBreaker } from "./breaker.ts";
export type { CallOutcome, Reservation, ReserveRequest } from "./budgets/budget-schema.ts";
export { changeModelBudget, changeModelQuota, createModelBudget, deleteModelBudget, listModelBudgets } from "./budgets/admin-budgets.ts";
export { reserve, settle } from "./budgets/reserve.ts";
export { configuredEmbedding, embed } from "./embedding.ts";
export { getModelCall, listModelCalls, readModelSpend } from "./ledger/admin-ledger.ts";
export { leaveCallFeedback } from "./ledger/feedback.ts";
export { listOwnCalls } from "./ledger/history.ts";
export { recordCall } from "./ledger/record.ts";
export { llmJobs } from "./jobs.ts";
export { importPrices, seedPrices } from "./prices/price-import.ts";
export { costOf, mostItCanCost } from "./prices/prices.ts";
export { callModel } from "./gateway/pipeline.ts";
export { refuseHarm } from "./gateway/refuse-harm.ts";
export { flagSubject, modelFor } from "./gateway/require-model.ts";
export { listConsents, recordConsent, withdrawConsent } from "./consents/consents.ts";
