import { z } from "zod";
import type { Observation } from "#domains/grid/schema.ts";
import {
  aesoApiDocument, aesoHeadersFor, aesoLicence, aesoPage, aesoReport, aesoReportHost, aesoReturn, aesoStretches, AesoTimes, aesoZone, clockWarnings, hourOfRow, isJson, priceOf,
  reportHour, reportRows,
} from "./aeso.ts";
import { distinct } from "./distinct.ts";
import { Numeric, numericOf } from "./json.ts";
import type { Payload, Reading, Source } from "./source.ts";
import { numberOf } from "./text.ts";

const Prices = z.looseObject({
  "Pool Price Report": z.array(z.looseObject({
    ...AesoTimes, pool_price: Numeric.optional(), forecast_pool_price: Numeric.optional(), rolling_30day_avg: Numeric.optional(),
  })),
});

/** Alberta's pool price by hour. */
export const aesoPoolPrice: Source = {
  id: "aeso.pool-price",
  name: "AESO pool price",
  publisher: "AESO",
  licence: aesoLicence,
  page: aesoPage,
  cadenceMinutes: 60,
  zone: aesoZone,
  rules: {
    unit: "CAD/MWh, the hour's mean; load in MW",
    time: "The API names the hour's beginning in UTC; reports name the hour that ends then by Alberta's clocks, 02* being the second hour 2 in autumn",
    sign: "Prices can be zero; AESO's market has a floor at 0",
  },
  plainHttpHosts: [aesoReportHost],
  *documents(range) {
    // The API answers for up to a year, the report for up to 721 days.
    for (const stretch of aesoStretches(range, 365)) {
      yield aesoApiDocument("poolprice-api/v1.1/price/poolPrice", stretch)
        ?? (range ? aesoReport("HistoricalPoolPriceReportServlet", stretch) : aesoReport("SMPriceReportServlet"));
      if (!range) return;
    }
  },
  headersFor: aesoHeadersFor,
  read(payload) {
    return isJson(payload) ? readApi(payload) : readPoolPriceReport(payload);
  },
};

function readApi({ bytes }: Payload): Reading {
  const { publishedAt, content } = aesoReturn(bytes, Prices);
  const rows = content["Pool Price Report"];
  const observations = rows.flatMap((row): Observation[] => {
    const common = { region: "CA-AB", unit: "CAD/MWh", ...hourOfRow(row) } as const;
    return [
      { ...common, metric: "price", value: numericOf(row.pool_price), quality: "measured" },
      { ...common, metric: "price-forecast", value: numericOf(row.forecast_pool_price), quality: "forecast" },
      { ...common, metric: "price-30-day-average", value: numericOf(row.rolling_30day_avg), quality: "measured" },
    ];
  });
  return { publishedAt, observations: distinct(observations), warnings: clockWarnings(rows) };
}

/** The report "Pool Price" in CSV, of the last day or of history: prices and Alberta's internal load; "-" is pending. */
export function readPoolPriceReport({ bytes }: Payload): Reading {
  const { rows, warnings } = reportRows(bytes, ["date (he)", "price ($)", "30ravg ($)"], ["ail demand (mw)"]);
  const observations = rows.flatMap((row): Observation[] => {
    const common = { region: "CA-AB", quality: "measured", ...reportHour(row["date (he)"]) } as const;
    return [
      { ...common, metric: "price", unit: "CAD/MWh", value: priceOf(row["price ($)"]) },
      { ...common, metric: "price-30-day-average", unit: "CAD/MWh", value: priceOf(row["30ravg ($)"]) },
      ...(row["ail demand (mw)"] === undefined ? [] : [{ ...common, metric: "internal-load" as const, unit: "MW" as const, value: numberOf(row["ail demand (mw)"]) }]),
    ];
  });
  return { publishedAt: null, observations: distinct(observations), warnings };
}
