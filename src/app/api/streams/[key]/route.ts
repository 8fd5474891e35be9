import { z } from "zod";
import { streamEvents, StreamKeys, StreamQuery } from "#domains/grid/index.ts";
import { followStreams } from "#domains/grid/server.ts";
import { limitedNetwork } from "#platform/http/client-address.ts";
import { routeStream } from "#platform/http/route-stream.ts";

export const GET = routeStream({
  summary: "Follow a stream, or several joined by commas, as server-sent events",
  description: "Resumes by Last-Event-ID, without a gap and nothing twice, for 48 hours. A stream whose source is off stays quiet and says why.",
  auth: "anyone",
  limit: "default",
  params: z.object({ key: StreamKeys }),
  query: StreamQuery,
  events: streamEvents,
  errors: ["NOT_FOUND", "UPSTREAM_UNAVAILABLE"],
  handle: ({ params, query, request, address, signal }) =>
    followStreams({ keys: params.key, after: request.headers.get("last-event-id") ?? query.last_event_id ?? null, network: limitedNetwork(address), signal }),
});
