import { z } from "zod";
import { environment } from "#platform/config/environment.ts";
import { parseInstant } from "#domains/grid/time/intervals.ts";
import type { Observation } from "#domains/grid/schema.ts";
import { aesoApiDocument, aesoHeadersFor, aesoLicence, aesoPage, aesoReturn, aesoStretches, AesoTimes, aesoZone, clockWarnings, isJson } from "./aeso.ts";
import { readPoolPriceReport } from "./aeso-pool-price.ts";
import { distinct } from "./distinct.ts";
import { Numeric, numericOf } from "./json.ts";
import { SourceFormatError, type Payload, type Reading, type Source } from "./source.ts";

const minuteMs = 60_000;
const Prices = z.looseObject({
  "System Marginal Price Report": z.array(z.looseObject({
    ...AesoTimes, end_datetime_utc: z.string(), system_marginal_price: Numeric.optional(), volume: Numeric.optional(),
  })),
});

/** Alberta's system marginal price: each for the minutes that it was valid, from which the hour's pool price is made. */
export const aesoSmp: Source = {
  id: "aeso.smp",
  name: "AESO system marginal price",
  publisher: "AESO",
  licence: aesoLicence,
  page: aesoPage,
  cadenceMinutes: 60,
  missingSetting: () => (environment().AESO_API_KEY === undefined ? "AESO_API_KEY" : null),
  zone: aesoZone,
  rules: {
    unit: "CAD/MWh; the marginal volume in MW",
    time: "From the minute at which a price began to be valid to that at which it ended, in UTC; intervals are of different lengths",
    sign: "Prices can be zero; AESO's market has a floor at 0",
  },
  *documents(range) {
    for (const stretch of aesoStretches(range, 31)) {
      const document = aesoApiDocument("systemmarginalprice-api/v1.1/price/systemMarginalPrice", stretch);
      if (document) yield document;
    }
  },
  headersFor: aesoHeadersFor,
  read(payload) {
    if (isJson(payload)) return readApi(payload);
    const reading = readPoolPriceReport(payload);
    return { ...reading, warnings: [...reading.warnings, "The report holds pool prices by hour, though AESO calls it SMPriceReport: they were read as such"] };
  },
};

function readApi({ bytes }: Payload): Reading {
  const { publishedAt, content } = aesoReturn(bytes, Prices);
  const rows = content["System Marginal Price Report"];
  const open = rows.filter(({ end_datetime_utc: end }) => end.trim() === "");
  const closed = rows.filter((row) => !open.includes(row)).map((row) => ({ row, ...validityOf(row) })).sort((a, b) => a.start.getTime() - b.start.getTime());
  closed.forEach(({ start }, i) => {
    const before = closed[i - 1];
    if (before && start < before.end && start.getTime() !== before.start.getTime()) throw new SourceFormatError(`Two prices are valid at ${start.toISOString()}`);
  });
  const observations = closed.flatMap(({ row, start, end }): Observation[] => {
    const common = { region: "CA-AB", start, end, quality: "measured" } as const;
    return [
      { ...common, metric: "system-marginal-price", unit: "CAD/MWh", value: numericOf(row.system_marginal_price) },
      { ...common, metric: "marginal-volume", unit: "MW", value: numericOf(row.volume) },
    ];
  });
  const warnings = open.map(({ begin_datetime_utc: begin }) => `The price since ${begin} is still valid: it is read when it has ended`);
  return { publishedAt, observations: distinct(observations), warnings: [...clockWarnings(rows), ...warnings] };
}

/** A price is valid within one hour. */
function validityOf({ begin_datetime_utc: begin, end_datetime_utc: until }: { begin_datetime_utc: string; end_datetime_utc: string }): { start: Date; end: Date } {
  const [start, end] = [parseInstant(begin), parseInstant(until)];
  const minutes = (end.getTime() - start.getTime()) / minuteMs;
  if (minutes <= 0 || minutes > 60 || start.getTime() % minuteMs !== 0 || end.getTime() % minuteMs !== 0) {
    throw new SourceFormatError(`A price can't be valid from ${begin} to ${until}`);
  }
  return { start, end };
}
