import { AdminSession, OwnPasswordChange } from "#domains/accounts/index.ts";
import { changeOwnPassword } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Change one's own password as an administrator",
  description: "All sessions end; this one goes on under a new cookie.",
  auth: "adminViewer",
  limit: "default",
  body: OwnPasswordChange,
  result: AdminSession,
  handle: ({ principal, body, ...exchange }) => changeOwnPassword(principal, body, exchange),
});
