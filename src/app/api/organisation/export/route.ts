import { exportOrganisation } from "#domains/accounts/server.ts";
import { download, route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Download all the organisation's data",
  description: "Newline-delimited JSON: a line on the export, a line `{table, row}` for each row, and a last line `{end, rows}`.",
  auth: "owner",
  limit: "default",
  result: download("application/x-ndjson", "tieline-organisation.ndjson"),
  handle: ({ principal, signal }) => exportOrganisation(principal, signal),
});
