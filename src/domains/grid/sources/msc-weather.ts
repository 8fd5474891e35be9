import { z } from "zod";
import { parseInstant, spanFrom } from "#domains/grid/time/intervals.ts";
import type { Metric, Observation, Quality, Region, Unit } from "#domains/grid/schema.ts";
import { distinct } from "./distinct.ts";
import { jsonOf, Numeric, numericOf } from "./json.ts";
import { placeNear, places } from "./places.ts";
import { SourceFormatError, type Reading, type Source } from "./source.ts";

const hourMs = 3_600_000;
const root = "https://api.weather.gc.ca/collections";
const most = 10_000;

interface Element { metric: Metric; unit: Unit; times?: number; range: readonly [number, number]; before?: true }

/** Of climate-hourly, whose units are fixed: wind comes in tens of degrees, pressure in kPa. */
const climateElements: Record<string, Element> = {
  TEMP: { metric: "temperature", unit: "°C", range: [-70, 60] },
  DEW_POINT_TEMP: { metric: "dew-point", unit: "°C", range: [-80, 40] },
  RELATIVE_HUMIDITY: { metric: "humidity", unit: "%", range: [0, 100] },
  WIND_SPEED: { metric: "wind-speed", unit: "km/h", range: [0, 300] },
  WIND_DIRECTION: { metric: "wind-direction", unit: "°", times: 10, range: [0, 360] },
  STATION_PRESSURE: { metric: "pressure", unit: "hPa", times: 10, range: [700, 1_100] },
  PRECIP_AMOUNT: { metric: "precipitation", unit: "mm", range: [0, 300], before: true },
};

/** Of swob-realtime, whose elements state their unit where they have a `-uom`. */
const swobElements: Record<string, Element> = {
  air_temp: { metric: "temperature", unit: "°C", range: [-70, 60] },
  dwpt_temp: { metric: "dew-point", unit: "°C", range: [-80, 40] },
  rel_hum: { metric: "humidity", unit: "%", range: [0, 100] },
  avg_wnd_spd_10m_pst10mts: { metric: "wind-speed", unit: "km/h", range: [0, 300] },
  avg_wnd_dir_10m_pst10mts: { metric: "wind-direction", unit: "°", range: [0, 360] },
  stn_pres: { metric: "pressure", unit: "hPa", range: [700, 1_100] },
  pcpn_amt_pst1hr: { metric: "precipitation", unit: "mm", range: [0, 300], before: true },
};

const provinces: Record<string, Region> = {
  AB: "CA-AB", BC: "CA-BC", MB: "CA-MB", NB: "CA-NB", NL: "CA-NL", NFLD: "CA-NL", NS: "CA-NS", NT: "CA-NT", NWT: "CA-NT", NU: "CA-NU", ON: "CA-ON", PE: "CA-PE", PEI: "CA-PE",
  QC: "CA-QC", QUE: "CA-QC", SK: "CA-SK", SASK: "CA-SK", YT: "CA-YT", YUKON: "CA-YT",
};

const Properties = z.record(z.string(), z.unknown());
const Collection = z.looseObject({
  type: z.literal("FeatureCollection"),
  features: z.array(z.looseObject({ geometry: z.looseObject({ coordinates: z.array(z.number()).min(2) }).nullable(), properties: Properties })),
});

/** Weather measured at the stations around the load centres. */
export const mscWeather: Source = {
  id: "msc.weather",
  name: "Meteorological Service of Canada, hourly observations",
  publisher: "Environment and Climate Change Canada",
  licence: { name: "ECCC data servers end-use licence", url: "https://eccc-msc.github.io/open-data/licence/readme_en/" },
  page: "https://eccc-msc.github.io/open-data/msc-geomet/readme_en/",
  cadenceMinutes: 60,
  zone: "Etc/UTC",
  rules: {
    unit: "°C, %, km/h, °, hPa, mm; wind direction comes in tens of degrees and station pressure in kPa in the climate archive",
    time: "UTC; the value observed at an hour counts for the hour that begins then, precipitation is of the hour that ends then; values in real time are preliminary",
    sign: "Wind comes from its direction, clockwise from true north",
  },
  *documents(range) {
    const now = Date.now();
    const span = range ?? { from: new Date(now - 3 * hourMs), to: new Date(now) };
    // A month of all stations around a place stays far below what one answer holds.
    const step = 31 * 24 * hourMs;
    for (const { latitude, longitude } of places) {
      const box = [longitude - 0.2, latitude - 0.15, longitude + 0.2, latitude + 0.15].map((degrees) => degrees.toFixed(2)).join(",");
      for (let from = span.from.getTime(); from < span.to.getTime(); from += step) {
        const until = Math.min(from + step, span.to.getTime()) - 1_000;
        const time = `${new Date(from).toISOString().slice(0, 19)}Z/${new Date(until).toISOString().slice(0, 19)}Z`;
        yield { url: `${root}/${range ? "climate-hourly" : "swob-realtime"}/items?f=json&lang=en&bbox=${box}&datetime=${time}&limit=${most}` };
      }
    }
  },
  read({ bytes }) {
    const { features } = jsonOf(bytes, Collection);
    const warnings = new Set<string>();
    if (features.length >= most) warnings.add(`The answer holds ${features.length} observations, as many as one can: there may be more`);
    const observations = features.flatMap(({ geometry, properties }): Observation[] => {
      if ("UTC_DATE" in properties) return climateHour(properties, warnings);
      if ("obs_date_tm" in properties || "date_tm-value" in properties) return swobHour(properties, geometry?.coordinates ?? [], warnings);
      throw new SourceFormatError(`An observation has no time: ${Object.keys(properties).slice(0, 5).join(", ")}`);
    });
    return { publishedAt: null, observations: distinct(observations), warnings: [...warnings] } satisfies Reading;
  },
};

function climateHour(properties: Record<string, unknown>, warnings: Set<string>): Observation[] {
  const [time, name, id, province] = ["UTC_DATE", "STATION_NAME", "CLIMATE_IDENTIFIER", "PROVINCE_CODE"].map((key) => textIn(properties, key));
  const region = provinces[province ?? ""];
  if (time === undefined || name === undefined || !/^[0-9A-Z]{7}$/.test(id ?? "")) throw new SourceFormatError("An observation of climate-hourly lacks its time or its station");
  if (!region) {
    warnings.add(`The province ${province ?? "of no name"} isn't known: ${name} was left out`);
    return [];
  }
  const at = hourOf(time);
  return Object.entries(climateElements).flatMap(([key, element]): Observation[] => {
    if (!(key in properties)) return [];
    // Without its flag an estimate would pass for a measurement.
    if (!(`${key}_FLAG` in properties)) throw new SourceFormatError(`${key} of ${name} has no flag`);
    const flag = textIn(properties, `${key}_FLAG`) ?? "";
    const known = flag === "" || flag === "E" || flag === "M" || flag === "NA";
    if (!known) warnings.add(`The flag ${flag} of ${key} isn't known: such values were left out`);
    const value = flag === "" || flag === "E" ? valueOf(properties[key], element, key) : null;
    return [observationAt(at, { region, item: `${name} (${id})` }, element, value, flag === "E" ? "estimated" : "measured")];
  });
}

function swobHour(properties: Record<string, unknown>, [longitude = Number.NaN, latitude = Number.NaN]: number[], warnings: Set<string>): Observation[] {
  const time = textIn(properties, "obs_date_tm") ?? textIn(properties, "date_tm-value");
  const name = textIn(properties, "stn_nam-value");
  const id = textIn(properties, "icao_stn_id-value") ?? textIn(properties, "msc_id-value") ?? textIn(properties, "clim_id-value");
  if (time === undefined || name === undefined || id === undefined) throw new SourceFormatError("An observation of swob-realtime lacks its time or its station");
  const place = placeNear(latitude, longitude, 0.3);
  if (!place) {
    warnings.add(`${name} at ${latitude}, ${longitude} is near no load centre: it was left out`);
    return [];
  }
  // Some stations report every minute; the series are of hours.
  if (parseInstant(time).getTime() % hourMs !== 0) return [];
  const at = hourOf(time);
  return Object.entries(swobElements).flatMap(([key, element]): Observation[] => {
    if (!(key in properties)) return [];
    const unit = textIn(properties, `${key}-uom`);
    if (unit !== undefined && unit !== element.unit) throw new SourceFormatError(`${key} of ${name} is in ${unit}, not ${element.unit}`);
    const checked = numericOf(Numeric.catch(Number.NaN).parse(properties[`${key}-qa`] ?? 100));
    // 100 is what passed the checks; below, a value is suspect, inconsistent or missing.
    if (checked !== 100) warnings.add(`${key} of ${name} didn't pass its checks at some hours: such values were left out`);
    return [observationAt(at, { region: place.region, item: `${name} (${id})` }, element, checked === 100 ? valueOf(properties[key], element, key) : null, "preliminary")];
  });
}

function observationAt(at: Date, subject: { region: Region; item: string }, { metric, unit, before }: Element, value: number | null, quality: Quality): Observation {
  return { ...subject, metric, unit, ...spanFrom(before ? new Date(at.getTime() - hourMs) : at, 60), value, quality };
}

function valueOf(given: unknown, { times = 1, range: [least, greatest] }: Element, key: string): number | null {
  const parsed = Numeric.safeParse(given);
  if (!parsed.success) throw new SourceFormatError(`${key} isn't a number`);
  const number = numericOf(parsed.data);
  if (number === null) return null;
  const value = Math.round(number * times * 1_000) / 1_000;
  if (value < least || value > greatest) throw new SourceFormatError(`${key} is ${number}, which no weather is`);
  return value;
}

function hourOf(time: string): Date {
  const at = parseInstant(time);
  if (at.getTime() % hourMs !== 0) throw new SourceFormatError(`${time} isn't an hour`);
  return at;
}

function textIn(properties: Record<string, unknown>, key: string): string | undefined {
  const value = properties[key];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") throw new SourceFormatError(`${key} isn't a text`);
  return value.trim();
}
