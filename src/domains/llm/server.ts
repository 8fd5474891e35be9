import "server-only";

export { changeModelBudget, changeModelQuota, createModelBudget, deleteModelBudget, listModelBudgets } from "./budgets/admin-budgets.ts";
export { getModelCall, listModelCalls, readModelSpend } from "./ledger/admin-ledger.ts";
export { exportModelCalls, exportModelSpend } from "./ledger/export.ts";
export { keepCallFeedback, leaveCallFeedback } from "./ledger/feedback.ts";
export { listOwnCalls } from "./ledger/history.ts";
export { llmJobs } from "./jobs.ts";
export { importPrices, removeImportedPrices, seedPrices } from "./prices/price-import.ts";
export { callForObject } from "./gateway/call-for-object.ts";
export { configuredEmbedding, embed, refusalOf } from "./gateway/embed.ts";
export { callModel } from "./gateway/pipeline.ts";
export { refuseHarm } from "./gateway/refuse-harm.ts";
export { writerFor } from "./gateway/require-model.ts";
export { listConsents, recordConsent, withdrawConsent } from "./consents/consents.ts";
export { governanceOf, governDataset, listGovernedDatasets, releaseDataset, withheldFromModels } from "./consents/governed-datasets.ts";
export { checkProviders, endpointsHealth } from "./gateway/provider-health.ts";
export { figureDays, readPromptCalls, readSafeguards } from "./figures/figures.ts";
