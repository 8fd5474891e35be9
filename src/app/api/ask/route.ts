import { AskEvents, AskRequest, AskResponse } from "#domains/assistant/index.ts";
import { ask, collectAnswers } from "#domains/assistant/server.ts";
import { routeStream } from "#platform/http/route-stream.ts";

export const POST = routeStream({
  summary: "Answer one question, or a batch, from cited sources",
  description: "With `Accept: text/event-stream` the answer is streamed while it is made.",
  auth: "anyone",
  scope: "ask",
  limit: "llm",
  body: AskRequest,
  events: AskEvents,
  result: AskResponse,
  errors: ["SAFETY_BLOCKED", "CONSENT_REQUIRED", "BUDGET_EXCEEDED", "UPSTREAM_UNAVAILABLE"],
  cost: (body) => ("questions" in body ? body.questions.length : 1),
  handle: ({ principal, body, signal, address }) => ask(principal, body, signal, address),
  collect: (events, { body }) => collectAnswers(body, events),
});
