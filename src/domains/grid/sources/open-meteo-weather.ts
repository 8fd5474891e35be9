import { z } from "zod";
import { parseInstant, spanFrom, stretchesOf, type Day } from "#domains/grid/time/intervals.ts";
import type { Metric, Observation, Unit } from "#domains/grid/schema.ts";
import { distinct } from "./distinct.ts";
import { jsonOf } from "./json.ts";
import { placeNear, places } from "./places.ts";
import { SourceFormatError, type Source } from "./source.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What is asked for, in these units; `before` marks what is about the hour that ends then instead of the moment. */
const variables: Record<string, { metric: Metric; unit: Unit; before?: true }> = {
  temperature_2m: { metric: "temperature", unit: "°C" },
  apparent_temperature: { metric: "apparent-temperature", unit: "°C" },
  dew_point_2m: { metric: "dew-point", unit: "°C" },
  relative_humidity_2m: { metric: "humidity", unit: "%" },
  wind_speed_10m: { metric: "wind-speed", unit: "km/h" },
  wind_direction_10m: { metric: "wind-direction", unit: "°" },
  cloud_cover: { metric: "cloud-cover", unit: "%" },
  pressure_msl: { metric: "pressure", unit: "hPa" },
  precipitation: { metric: "precipitation", unit: "mm", before: true },
  shortwave_radiation: { metric: "solar-radiation", unit: "W/m²", before: true },
};

const Place = z.looseObject({
  latitude: z.number(), longitude: z.number(), utc_offset_seconds: z.number(),
  hourly_units: z.record(z.string(), z.string()),
  hourly: z.record(z.string(), z.array(z.union([z.number(), z.string(), z.null()]))),
});
const Answer = z.union([Place.transform((place) => [place]), z.array(Place).min(1)]);
const Refusal = z.looseObject({ error: z.literal(true), reason: z.string() });

/** Weather at the load centres of every region: forecasts of models, and their analyses of what was. */
export const openMeteoWeather: Source = {
  id: "open-meteo.weather",
  name: "Open-Meteo weather",
  publisher: "Open-Meteo",
  licence: { name: "CC BY 4.0, non-commercial use", url: "https://open-meteo.com/en/licence" },
  page: "https://open-meteo.com/en/docs",
  cadenceMinutes: 60,
  zone: "Etc/UTC",
  rules: {
    unit: "°C, %, km/h, °, mm, W/m², hPa, as the answer states them",
    time: "UTC; the value of a moment counts for the hour that begins then, precipitation and radiation are of the hour that ends then; "
      + "what was is a model's analysis (estimated), what is to come its forecast",
    sign: "Wind comes from its direction, clockwise from north",
  },
  *documents(range) {
    const now = Date.now();
    if (!range) {
      yield { url: addressOf("https://api.open-meteo.com/v1/forecast", "&past_days=2&forecast_days=7") };
      return;
    }
    // The archive begins in 1940 and ends five days ago; what is newer comes from the forecast's last days.
    const archived = { from: new Date(Math.max(range.from.getTime(), Date.UTC(1940, 0, 1))), to: new Date(Math.min(range.to.getTime(), now - 5 * dayMs)) };
    if (archived.from < archived.to) {
      for (const { first, last } of stretchesOf(archived, "Etc/UTC", 92)) {
        yield { url: addressOf("https://archive-api.open-meteo.com/v1/archive", `&start_date=${dateOf(first)}&end_date=${dateOf(last)}`) };
      }
    }
    const recent = { from: new Date(Math.max(range.from.getTime(), now - 5 * dayMs)), to: new Date(Math.min(range.to.getTime(), now + 7 * dayMs)) };
    if (recent.from < recent.to) {
      for (const { first, last } of stretchesOf(recent, "Etc/UTC", 92)) {
        yield { url: addressOf("https://api.open-meteo.com/v1/forecast", `&start_date=${dateOf(first)}&end_date=${dateOf(last)}`) };
      }
    }
  },
  read({ bytes, fetchedAt }) {
    const answer = jsonOf(bytes, z.union([Answer, Refusal]));
    if (!Array.isArray(answer)) throw new SourceFormatError(`Open-Meteo answers with an error: ${answer.reason}`);
    const warnings = new Set<string>();
    const observations = answer.flatMap((place) => observationsOf(place, fetchedAt, warnings));
    return { publishedAt: null, observations: distinct(observations), warnings: [...warnings] };
  },
};

function observationsOf({ latitude, longitude, utc_offset_seconds: offset, hourly, hourly_units: units }: z.infer<typeof Place>, fetchedAt: Date, warnings: Set<string>): Observation[] {
  // Answers name the cell of the model's grid, which lies up to a fifth of a degree away.
  const place = placeNear(latitude, longitude, 0.2);
  if (!place) throw new SourceFormatError(`${latitude}, ${longitude} is near none of the places asked for`);
  if (offset !== 0 || units["time"] !== "iso8601") throw new SourceFormatError("Times aren't in UTC as ISO 8601");
  const times = timesOf(hourly["time"]);
  return Object.entries(hourly).flatMap(([name, values]): Observation[] => {
    if (name === "time") return [];
    const variable = variables[name];
    if (!variable) {
      warnings.add(`The variable ${name} isn't known: it was left out`);
      return [];
    }
    if (units[name] !== variable.unit) throw new SourceFormatError(`${name} is in ${units[name] ?? "no unit"}, not ${variable.unit}`);
    if (values.length !== times.length) throw new SourceFormatError(`${name} has ${values.length} values for ${times.length} times`);
    return values.map((value, i): Observation => {
      if (typeof value === "string") throw new SourceFormatError(`${JSON.stringify(value.slice(0, 40))} is no number`);
      const at = times[i] ?? new Date(Number.NaN);
      const interval = spanFrom(variable.before ? new Date(at.getTime() - hourMs) : at, 60);
      return {
        region: place.region, metric: variable.metric, item: place.name, unit: variable.unit, ...interval, value,
        quality: at.getTime() <= fetchedAt.getTime() ? "estimated" : "forecast",
      };
    });
  });
}

/** Hours without a gap, or nothing can be told of what stands where. */
function timesOf(texts: unknown[] | undefined): Date[] {
  const times = (texts ?? []).map((text) => {
    if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}T\d{2}:00$/.test(text)) throw new SourceFormatError(`${JSON.stringify(text)} is no hour`);
    return parseInstant(text);
  });
  if (times.length === 0) throw new SourceFormatError("There are no times");
  const gap = times.find((time, i) => i > 0 && time.getTime() - (times[i - 1]?.getTime() ?? 0) !== hourMs);
  if (gap) throw new SourceFormatError(`The hours aren't in a row at ${gap.toISOString()}`);
  return times;
}

function addressOf(root: string, days: string): string {
  const list = (values: number[]) => values.join(",");
  return `${root}?latitude=${list(places.map(({ latitude }) => latitude))}&longitude=${list(places.map(({ longitude }) => longitude))}`
    + `&hourly=${Object.keys(variables).join(",")}&timezone=GMT${days}`;
}

function dateOf({ year, month, day }: Day): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
