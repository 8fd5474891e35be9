import { hourEnding, parseDay, type Day } from "#domains/grid/time/intervals.ts";
import type { Observation } from "#domains/grid/schema.ts";
import { iesoDays, iesoLicence, iesoOffsetHours, iesoZone } from "./ieso.ts";
import { documentOf, iesoFuel, iesoReport, newestOf, numbered, readingOf, textOfChild, Warnings } from "./ieso-report.ts";
import type { Source } from "./source.ts";
import { numberOf } from "./text.ts";
import { all, textIn, type Element } from "./xml.ts";

const report = "VGForecastSummary";
const elements = ["ForecastTimeStamp", "OrganizationData", "OrganizationType", "FuelData", "FuelType", "ResourceData", "ZoneName", "EnergyForecast", "ForecastDate", "ForecastInterval", "ForecastHour", "MWOutput"];

/** Who the generators belong to: those that take part in the market, and those embedded in distribution, which don't. */
const organizations = ["MARKET PARTICIPANT", "EMBEDDED"];

/** VGForecastSummary: what wind and solar are expected to generate in the next two days, by zone, rewritten every hour. */
export const iesoVgForecast: Source = {
  id: "ieso.vg-forecast",
  name: "IESO wind and solar forecast",
  publisher: "IESO",
  licence: iesoLicence,
  page: "https://www.ieso.ca/Power-Data/Data-Directory",
  cadenceMinutes: 60,
  zone: iesoZone,
  rules: {
    unit: "MW, mean of the hour; generators in the market and embedded ones apart, by zone and as OntarioTotal",
    time: "Hour 1 to 24 names the hour that ends then, EST (UTC−5) all year; a document forecasts the days after it was written",
    sign: "Every quantity is positive",
  },
  *documents(range) {
    if (!range) yield newestOf(report);
    else for (const { text } of iesoDays(range)) yield documentOf(report, text);
  },
  read({ bytes }) {
    const { publishedAt, body } = iesoReport(bytes, [report]);
    const warnings = new Warnings();
    warnings.unknownNames(body, elements);
    const observations = all(body, "OrganizationData").flatMap((organization) => {
      const owner = textOfChild(organization, "OrganizationType");
      if (!organizations.includes(owner)) warnings.add(`${owner} is new in this report: it is kept under that name`);
      return all(organization, "FuelData").flatMap((data) => {
        const fuelName = textOfChild(data, "FuelType");
        const fuel = iesoFuel(fuelName);
        return all(data, "ResourceData").flatMap((resource) => {
          const place = `${owner} ${textOfChild(resource, "ZoneName")}`;
          if (fuel === undefined) warnings.add(`The fuel ${fuelName} isn't known: it is kept as ${place} ${fuelName}, without a fuel`);
          return forecastOf(resource, fuel === undefined ? { item: `${place} ${fuelName}` } : { item: place, fuel });
        });
      });
    });
    return readingOf(publishedAt, observations, warnings);
  },
};

function forecastOf(resource: Element, subject: Pick<Observation, "item" | "fuel">): Observation[] {
  return all(resource, "EnergyForecast").flatMap((forecast) => {
    const day: Day = parseDay(textOfChild(forecast, "ForecastDate"));
    return numbered(all(forecast, "ForecastInterval"), "ForecastHour").map(({ number, element }): Observation => ({
      region: "CA-ON", metric: "generation-forecast", unit: "MW", quality: "forecast", ...subject,
      ...hourEnding(day, number, iesoOffsetHours), value: numberOf(textIn(element, "MWOutput")),
    }));
  });
}
