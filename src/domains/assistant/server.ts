import "server-only";

export { purge } from "#domains/assistant/jobs.ts";
export { ask, collectAnswers, leaveAnswerFeedback, purgeAnswers } from "#domains/assistant/service.ts";
