import { KeyPage, KeyRequest, NewKey, PageQuery } from "#domains/accounts/index.ts";
import { createKey, listKeys } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List the organisation's API keys, newest first",
  auth: "member",
  limit: "default",
  query: PageQuery,
  result: KeyPage,
  handle: ({ principal, query }) => listKeys(principal, query),
});

export const POST = route({
  summary: "Create an API key",
  description: "The key is answered once and can't be read again.",
  auth: "owner",
  limit: "default",
  body: KeyRequest,
  result: NewKey,
  status: 201,
  errors: ["CONFLICT"],
  handle: ({ principal, body }) => createKey(principal, body),
});
