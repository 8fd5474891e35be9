import { namedPlaces, weatherRangeNames, weatherShown, type NamedPlace, type WeatherRange, type WeatherShown } from "#domains/grid/server.ts";
import { toZoneChoice, type ZoneChoice } from "#domains/grid/components/zone-choice.ts";

const usualPlace = "toronto";

export interface WeatherFilters {
  place: NamedPlace;
  range: WeatherRange;
  metric: WeatherShown;
  zone: ZoneChoice;
  /** As they stand in the address; what is as usual is left out. */
  query: Readonly<Record<"place" | "range" | "show" | "tz", string | undefined>>;
}

/** The filters that an address holds; what makes no sense is as if it weren't there. */
export function readWeatherFilters(params: Readonly<Record<string, string | string[] | undefined>>): WeatherFilters {
  const place = namedPlaces.find(({ slug }) => slug === params["place"]) ?? namedPlaces.find(({ slug }) => slug === usualPlace);
  if (!place) throw new Error("The usual place is none");
  const range = weatherRangeNames.find((each) => each === params["range"]) ?? "7d";
  const metric = weatherShown.find((each) => each === params["show"]) ?? "temperature";
  const zone = toZoneChoice(params["tz"]);
  return {
    place, range, metric, zone,
    query: {
      place: place.slug === usualPlace ? undefined : place.slug, range: range === "7d" ? undefined : range,
      show: metric === "temperature" ? undefined : metric, tz: zone === "operator" ? undefined : zone,
    },
  };
}
