import { AuditFilters } from "#domains/accounts/index.ts";
import { exportAudit } from "#domains/accounts/server.ts";
import { download, route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Download the audit log as CSV",
  auth: "adminViewer",
  limit: "default",
  query: AuditFilters,
  result: download("text/csv; charset=utf-8", "tieline-audit.csv"),
  handle: ({ principal, query }) => exportAudit(principal, query),
});
