import { GovernedDatasetList } from "#domains/llm/index.ts";
import { listGovernedDatasets } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List datasets under Indigenous governance",
  auth: "adminViewer",
  limit: "default",
  result: GovernedDatasetList,
  handle: async ({ principal }) => ({ datasets: await listGovernedDatasets(principal) }),
});
