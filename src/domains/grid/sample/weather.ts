import { places, type Place } from "#domains/grid/sources/places.ts";
import { clamp, noise, seedOf } from "./noise.ts";

/** Weather of a moment. */
export interface Weather {
  /** °C. */
  temperature: number;
  /** km/h at 10 m. */
  windSpeed: number;
  /** Degrees that it blows from. */
  windDirection: number;
  /** Per cent of the sky. */
  cloudCover: number;
  /** W/m² on level ground. */
  radiation: number;
  /** What wind farms near there would put out, of what they could at most: 0 to 1. */
  windOutput: number;
}

/** Mean of the year, half the way from the coldest to the warmest month, and half the way from night to day, °C; mean wind, km/h. */
const climates: Record<string, [mean: number, season: number, day: number, wind: number]> = {
  Whitehorse: [0.5, 16, 5, 13], Vancouver: [10.8, 7.3, 3.6, 11], Yellowknife: [-4, 22.5, 4, 14], Calgary: [4.8, 13, 6.4, 16], Edmonton: [4.2, 14.5, 5.6, 14],
  Saskatoon: [3.1, 17.5, 6, 16], Regina: [3.4, 17.2, 6.2, 19], Winnipeg: [3.3, 18.6, 5.6, 17], Toronto: [9.4, 13.2, 4.4, 15], Ottawa: [6.9, 15.6, 5, 13],
  Montréal: [7.1, 15.8, 4.6, 15], Québec: [4.9, 16, 4.8, 15], Iqaluit: [-8.8, 18, 3, 19], Fredericton: [6, 14.6, 5.4, 13], Moncton: [5.8, 14, 5.2, 16],
  Halifax: [7.4, 12, 4.2, 17], Charlottetown: [6, 13.2, 4, 18], "St. John's": [5.3, 10, 3.6, 23],
};
const usual: [number, number, number, number] = [4, 15, 5, 15];

const [systems, waves, skies, veils, gales, gusts] = ["systems", "waves", "skies", "veils", "gales", "gusts"].map(seedOf) as [number, number, number, number, number, number];
const local = new Map(places.map(({ name }) => [name, seedOf(name)]));

/** Hours from the solstice of winter to the same one a year later. */
const yearHours = 24 * 365.2425;
const solstice = Date.UTC(2000, 11, 21, 13) / 3_600_000;

/** −1 at the depth of winter, 1 at the height of summer, some weeks behind the sun. `hours` count since 1970. */
export function seasonAt(hours: number): number {
  return -Math.cos((2 * Math.PI * (hours - solstice - 28 * 24)) / yearHours);
}

/** The sine of the sun's height; below 0 it is night. */
export function sunHeight({ latitude, longitude }: Pick<Place, "latitude" | "longitude">, hours: number): number {
  const turn = (2 * Math.PI * (hours - solstice)) / yearHours;
  const declination = -0.4091 * Math.cos(turn);
  // How far the sun runs ahead of clocks that keep the mean of the year, in hours.
  const ahead = (9.87 * Math.sin(2 * (turn - 1.57)) - 7.53 * Math.cos(turn - 1.57) - 1.5 * Math.sin(turn - 1.57)) / 60;
  const hourAngle = (((hours + longitude / 15 + ahead) % 24) - 12) * (Math.PI / 12);
  const north = (latitude * Math.PI) / 180;
  return Math.sin(north) * Math.sin(declination) + Math.cos(north) * Math.cos(declination) * Math.cos(hourAngle);
}

/** Weather at a place, `hours` since 1970. Systems cross the country from west to east, ten degrees a day. */
export function weatherAt(place: Place, hours: number, summer = seasonAt(hours)): Weather {
  const [mean, season, day, wind] = climates[place.name] ?? usual;
  const seed = local.get(place.name) ?? 0;
  const passing = hours - (place.longitude + 95) * 2.4;
  const system = 0.62 * noise(systems, passing, 84) + 0.28 * noise(waves, passing, 33) + 0.14 * noise(seed, hours, 17);
  const cloud = clamp(0.52 + 0.62 * noise(skies, passing, 27) + 0.26 * noise(veils ^ seed, hours, 6), 0, 1);
  const solarHour = (hours + place.longitude / 15) % 24;
  const strength = clamp(0.5 + 0.46 * noise(gales, passing, 29) + 0.2 * noise(gusts ^ seed, hours, 5) - 0.06 * summer, 0, 1);
  const height = sunHeight(place, hours);
  // A few degrees of horizon are always in the way.
  const clear = height > 0.09 ? 1_080 * (height - 0.09) : 0;
  return {
    temperature: mean + season * summer + (10.5 - 2.8 * summer) * system + day * (1 - 0.62 * cloud) * Math.cos((solarHour - 15.2) * (Math.PI / 12)),
    windSpeed: wind * (0.25 + 1.55 * strength * strength + 0.14 * Math.cos((solarHour - 15) * (Math.PI / 12))),
    windDirection: 225 + 125 * noise(waves ^ seed, passing, 26),
    cloudCover: 100 * cloud,
    radiation: clear * (1 - 0.74 * cloud * cloud),
    windOutput: clamp(1.22 * strength * strength * (1.15 - 0.15 * strength) - 0.02, 0.01, 0.93),
  };
}
