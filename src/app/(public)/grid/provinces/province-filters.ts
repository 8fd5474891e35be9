import { rowOrders, type RowOrder } from "#domains/grid/index.ts";
import { toZoneChoice, type ZoneChoice } from "#domains/grid/components/zone-choice.ts";
import { regionRangeNames, type RegionRange } from "#domains/grid/server.ts";

export interface ProvinceFilters {
  range: RegionRange;
  sameScale: boolean;
  zone: ZoneChoice;
  order: RowOrder;
  reversed: boolean;
  /** As they stand in the address; what is as usual is left out. */
  query: Readonly<Record<"range" | "scale" | "tz" | "sort" | "order", string | undefined>>;
}

/** The filters that an address holds; what makes no sense is as if it weren't there. */
export function readProvinceFilters({ range, scale, tz, sort, order }: Readonly<Record<string, string | string[] | undefined>>): ProvinceFilters {
  const chosen = regionRangeNames.find((each) => each === range) ?? "7d";
  const zone = toZoneChoice(tz);
  const by = rowOrders.find((each) => each === sort) ?? "demand";
  const [sameScale, reversed] = [scale === "same", order === "reversed"];
  return {
    range: chosen, sameScale, zone, order: by, reversed,
    query: {
      range: chosen === "7d" ? undefined : chosen, scale: sameScale ? "same" : undefined, tz: zone === "operator" ? undefined : zone,
      sort: by === "demand" ? undefined : by, order: reversed ? "reversed" : undefined,
    },
  };
}
