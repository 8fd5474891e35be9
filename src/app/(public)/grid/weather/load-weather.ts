import "server-only";

import { isAppError } from "#lib/errors.ts";
import { findWeather, zoneOf, type WeatherBesideDemand } from "#domains/grid/server.ts";
import { getViewer } from "#app/viewer.ts";
import type { WeatherFilters } from "#app/(public)/grid/weather/weather-filters.ts";

/** Weather of a place beside its region's demand; null while the database is away. */
export async function loadWeather({ place, metric, range, zone }: WeatherFilters, now: Date): Promise<WeatherBesideDemand | null> {
  try {
    const { principal } = await getViewer();
    const tz = { operator: "Etc/GMT+5", utc: "UTC", local: zoneOf(place.region) }[zone];
    return await findWeather(principal, place, metric, range, tz, now);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
