import { AdminSession } from "#domains/accounts/index.ts";
import { adminSessionOf } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Who is logged in as an administrator, and until when",
  auth: "adminViewer",
  limit: "default",
  result: AdminSession,
  handle: ({ principal }) => adminSessionOf(principal, principal.expiresAt),
});
