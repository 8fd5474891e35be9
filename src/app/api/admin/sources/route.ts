import { SwitchedSources } from "#domains/grid/index.ts";
import { listSwitches } from "#domains/grid/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List sources of grid data, how each does and what switches it",
  auth: "adminViewer",
  limit: "default",
  result: SwitchedSources,
  handle: async ({ principal }) => ({ sources: await listSwitches(principal) }),
});
