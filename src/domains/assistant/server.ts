import "server-only";

export { purge } from "./jobs.ts";
export { answerPrompt } from "./prompt.ts";
export { leaveAnswerFeedback } from "./feedback.ts";
export { ask, collectAnswers, countAnswersOf, purgeAnswers } from "./service.ts";
