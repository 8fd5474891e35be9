import type { Region } from "#domains/grid/schema.ts";

/** Where people of a region use most of its electricity: the weather that demand follows. */
export interface Place {
  name: string;
  region: Region;
  /** Degrees north and east. */
  latitude: number;
  longitude: number;
}

/** Load centres by region, west to east; at least half a degree apart, so that coordinates tell them from each other. */
export const places: readonly Place[] = [
  { name: "Whitehorse", region: "CA-YT", latitude: 60.72, longitude: -135.06 },
  { name: "Vancouver", region: "CA-BC", latitude: 49.25, longitude: -123.12 },
  { name: "Yellowknife", region: "CA-NT", latitude: 62.45, longitude: -114.37 },
  { name: "Calgary", region: "CA-AB", latitude: 51.05, longitude: -114.07 },
  { name: "Edmonton", region: "CA-AB", latitude: 53.55, longitude: -113.49 },
  { name: "Saskatoon", region: "CA-SK", latitude: 52.13, longitude: -106.67 },
  { name: "Regina", region: "CA-SK", latitude: 50.45, longitude: -104.62 },
  { name: "Winnipeg", region: "CA-MB", latitude: 49.9, longitude: -97.14 },
  { name: "Toronto", region: "CA-ON", latitude: 43.65, longitude: -79.38 },
  { name: "Ottawa", region: "CA-ON", latitude: 45.42, longitude: -75.7 },
  { name: "Montréal", region: "CA-QC", latitude: 45.5, longitude: -73.57 },
  { name: "Québec", region: "CA-QC", latitude: 46.81, longitude: -71.21 },
  { name: "Iqaluit", region: "CA-NU", latitude: 63.75, longitude: -68.52 },
  { name: "Fredericton", region: "CA-NB", latitude: 45.96, longitude: -66.64 },
  { name: "Moncton", region: "CA-NB", latitude: 46.09, longitude: -64.79 },
  { name: "Halifax", region: "CA-NS", latitude: 44.65, longitude: -63.58 },
  { name: "Charlottetown", region: "CA-PE", latitude: 46.24, longitude: -63.13 },
  { name: "St. John's", region: "CA-NL", latitude: 47.56, longitude: -52.71 },
];

/** The place within so many degrees of these coordinates, in both directions; null for none. */
export function placeNear(latitude: number, longitude: number, degrees: number): Place | null {
  return places.find((place) => Math.abs(place.latitude - latitude) <= degrees && Math.abs(place.longitude - longitude) <= degrees) ?? null;
}
