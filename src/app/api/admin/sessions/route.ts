import { AdminSessions } from "#domains/accounts/index.ts";
import { listAdminSessions } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List one's own sessions as an administrator",
  auth: "adminViewer",
  limit: "default",
  result: AdminSessions,
  handle: async ({ principal, request }) => ({ sessions: await listAdminSessions(principal, request) }),
});
