import { EditedHelpEntry, HelpCreateRequest, HelpList, HelpListQuery } from "#domains/help/index.ts";
import { createHelpEntry, listHelpEntries } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List help entries by title as editors see them, published or not",
  auth: "adminViewer",
  limit: "default",
  query: HelpListQuery,
  result: HelpList,
  handle: ({ principal, query }) => listHelpEntries(principal, query),
});

export const POST = route({
  summary: "Create a help entry that readers don't see yet",
  auth: "adminEditor",
  limit: "default",
  body: HelpCreateRequest,
  result: EditedHelpEntry,
  status: 201,
  errors: ["CONFLICT"],
  handle: ({ principal, body }) => createHelpEntry(principal, body),
});
