import { StreamManifest } from "#domains/grid/index.ts";
import { listStreams } from "#domains/grid/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List the streams and how each does",
  auth: "anyone",
  limit: "default",
  result: StreamManifest,
  handle: async () => ({ streams: await listStreams() }),
});
