import "server-only";

export { purge } from "./jobs.ts";
export { ask, collectAnswers, leaveAnswerFeedback, purgeAnswers } from "./service.ts";
