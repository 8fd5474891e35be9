import { z } from "zod";
import type { Observation } from "#domains/grid/schema.ts";
import {
  aesoApiDocument, aesoHeadersFor, aesoLicence, aesoPage, aesoReport, aesoReportHost, aesoReturn, aesoStretches, AesoTimes, aesoZone, clockWarnings, hourOfRow, isJson, priceOf,
  reportHour, reportRows,
} from "./aeso.ts";
import { distinct } from "./distinct.ts";
import { Numeric, numericOf } from "./json.ts";
import { SourceFormatError, type Payload, type Reading, type Source } from "./source.ts";
import { numberOf } from "./text.ts";

const Loads = z.looseObject({
  "Actual Forecast Report": z.array(z.looseObject({ ...AesoTimes, alberta_internal_load: Numeric.optional(), forecast_alberta_internal_load: Numeric.optional() })),
});

/** Alberta's internal load by hour, beside its forecast. */
export const aesoInternalLoad: Source = {
  id: "aeso.internal-load",
  name: "AESO internal load and forecast",
  publisher: "AESO",
  licence: aesoLicence,
  page: aesoPage,
  cadenceMinutes: 60,
  zone: aesoZone,
  rules: {
    unit: "MW, the hour's mean; prices in CAD/MWh",
    time: "The API names the hour's beginning in UTC; the report names the hour that ends then by Alberta's clocks, 02* being the second hour 2 in autumn",
    sign: "Load is positive; it includes what industry makes for itself",
  },
  plainHttpHosts: [aesoReportHost],
  *documents(range) {
    for (const stretch of aesoStretches(range, 31)) {
      yield aesoApiDocument("actualforecast-api/v1/load/albertaInternalLoad", stretch) ?? aesoReport("ActualForecastWMRQHReportServlet", stretch);
    }
  },
  headersFor: aesoHeadersFor,
  read(payload) {
    return isJson(payload) ? readApi(payload) : readReport(payload);
  },
};

function readApi({ bytes }: Payload): Reading {
  const { publishedAt, content } = aesoReturn(bytes, Loads);
  const rows = content["Actual Forecast Report"];
  const observations = rows.flatMap((row): Observation[] => {
    const common = { region: "CA-AB", unit: "MW", ...hourOfRow(row) } as const;
    return [
      { ...common, metric: "internal-load", value: loadOf(numericOf(row.alberta_internal_load)), quality: "measured" },
      { ...common, metric: "demand-forecast", value: loadOf(numericOf(row.forecast_alberta_internal_load)), quality: "forecast" },
    ];
  });
  return { publishedAt, observations: distinct(observations), warnings: clockWarnings(rows) };
}

/** The report of actual and forecast values, whose load columns have had two names. */
function readReport({ bytes }: Payload): Reading {
  const { rows, warnings } = reportRows(bytes, ["date", "actual ail"], [
    "forecast ail", "day-ahead forecasted ail", "forecast pool price", "actual posted pool price", "forecast ail & actual ail difference", "difference",
  ]);
  const observations = rows.flatMap((row): Observation[] => {
    const common = { region: "CA-AB", ...reportHour(row["date"]) } as const;
    const forecast = row["forecast ail"] ?? row["day-ahead forecasted ail"];
    const [priced, posted] = [row["forecast pool price"], row["actual posted pool price"]];
    return [
      { ...common, metric: "internal-load", unit: "MW", value: loadOf(numberOf(row["actual ail"])), quality: "measured" },
      ...(forecast === undefined ? [] : [{ ...common, metric: "demand-forecast", unit: "MW", value: loadOf(numberOf(forecast)), quality: "forecast" } as const]),
      ...(priced === undefined ? [] : [{ ...common, metric: "price-forecast", unit: "CAD/MWh", value: priceOf(priced), quality: "forecast" } as const]),
      ...(posted === undefined ? [] : [{ ...common, metric: "price", unit: "CAD/MWh", value: priceOf(posted), quality: "measured" } as const]),
    ];
  });
  return { publishedAt: null, observations: distinct(observations), warnings };
}

/** Alberta never uses nothing: a load of 0 stands for an hour to come. */
function loadOf(value: number | null): number | null {
  if (value !== null && (value < 0 || value > 50_000)) throw new SourceFormatError(`${value} MW is no load of Alberta`);
  return value === 0 ? null : value;
}
