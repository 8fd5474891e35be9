import { exportAccount } from "#domains/accounts/server.ts";
import { download } from "#platform/http/operation.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Everything that is held about oneself, as a file",
  auth: "user",
  limit: "default",
  result: download("application/json", "tieline-account.json"),
  handle: ({ principal }) => exportAccount(principal),
});
