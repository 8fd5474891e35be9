import { route } from "#platform/http/route.ts";
import { Readiness } from "#platform/observability/health-schema.ts";
import { checkReadiness } from "#platform/observability/health.ts";

export const GET = route({
  summary: "Say whether the process can serve: database, migrations, queue",
  auth: "anyone",
  limit: "default",
  result: Readiness,
  unavailable: ({ state }) => state === "unavailable",
  handle: () => checkReadiness(),
});
