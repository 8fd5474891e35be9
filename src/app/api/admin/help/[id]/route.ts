import { z } from "zod";
import { EditedHelpEntry, HelpDeleteQuery, HelpId, HelpSaveRequest } from "#domains/help/index.ts";
import { deleteHelpEntry, getEditedHelpEntry, saveHelpEntry } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

const params = z.object({ id: HelpId });

export const GET = route({
  summary: "Read a help entry's newest revision and its state",
  auth: "adminViewer",
  limit: "default",
  params,
  result: EditedHelpEntry,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params }) => getEditedHelpEntry(principal, params.id),
});

export const PUT = route({
  summary: "Save a help entry as a new revision, without publishing it",
  description: "409 when `base` isn't the newest revision: read the entry, compare, and save again.",
  auth: "adminEditor",
  limit: "default",
  params,
  body: HelpSaveRequest,
  result: EditedHelpEntry,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params, body }) => saveHelpEntry(principal, params.id, body),
});

export const DELETE = route({
  summary: "Delete a help entry; it can be restored",
  auth: "adminEditor",
  limit: "default",
  params,
  query: HelpDeleteQuery,
  result: EditedHelpEntry,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params, query }) => deleteHelpEntry(principal, params.id, query.base),
});
