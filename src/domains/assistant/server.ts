import "server-only";

export { purge } from "./jobs.ts";
export { answerPrompt } from "./prompt.ts";
export { ask, collectAnswers, countAnswersOf, leaveAnswerFeedback, purgeAnswers } from "./service.ts";
