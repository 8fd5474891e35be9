import { ConsentInput, ConsentList, ConsentQuery, ConsentView } from "#domains/llm/index.ts";
import { listConsents, recordConsent } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List consents to the use of data under Indigenous governance, the newest first",
  auth: "adminViewer",
  limit: "default",
  query: ConsentQuery,
  result: ConsentList,
  handle: ({ principal, query }) => listConsents(principal, query),
});

export const POST = route({
  summary: "Record a steward's consent",
  auth: "adminEditor",
  limit: "default",
  body: ConsentInput,
  result: ConsentView,
  status: 201,
  handle: ({ principal, body }) => recordConsent(principal, body),
});
