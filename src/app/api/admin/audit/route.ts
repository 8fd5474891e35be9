import { AuditPage, AuditQuery } from "#domains/accounts/index.ts";
import { listAudit } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Read the audit log, the newest first",
  auth: "adminViewer",
  limit: "default",
  query: AuditQuery,
  result: AuditPage,
  handle: ({ principal, query }) => listAudit(principal, query),
});
