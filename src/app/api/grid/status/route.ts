import { GridStatus } from "#domains/grid/index.ts";
import { getGridStatus, gridStatusVersion } from "#domains/grid/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Get how every region's grid does now",
  description:
    "Demand with its last 24 hours, the mix of generation, price, net exports and emissions intensity of each region, each with the interval it is of. "
    + "A region that no source has told of yet shows sample data, and says so; what a region's sources don't tell is null.",
  auth: "anyone",
  limit: "default",
  result: GridStatus,
  etag: () => gridStatusVersion(),
  handle: () => getGridStatus(),
});
