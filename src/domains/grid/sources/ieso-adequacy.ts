import { hourEnding, parseDay, type Day } from "#domains/grid/time/intervals.ts";
import type { Fuel, Metric, Observation } from "#domains/grid/schema.ts";
import { iesoAmountOf, iesoDays, iesoLicence, iesoOffsetHours, iesoZone, momentIn, type Bounded } from "./ieso.ts";
import { documentOf, iesoFuel, iesoReport, numbered, readingOf, textOfChild, Warnings } from "./ieso-report.ts";
import { SourceFormatError, type Source } from "./source.ts";
import { numberOf } from "./text.ts";
import { all, one, textIn, type Element } from "./xml.ts";

/** Adequacy3 took the place of Adequacy2, in the same form, when the market was renewed. */
const renewal = new Date("2025-05-01T05:00:00Z");

/** Every element of the report, read or not. */
const elements = [
  "DeliveryDate", "ForecastSupply", "Capacities", "Capacity", "DeliveryHour", "EnergyMW", "Energies", "Energy", "EnergyMWhr", "InternalResources",
  "InternalResource", "FuelType", "Outages", "Outage", "Offers", "Offer", "Schedules", "Schedule", "ForecastEnergies", "ForecastEnergy", "Forecasts",
  "Forecast", "OfferForecasts", "OfferForecast", "TotalInternalResources", "ZonalImports", "ZonalImport", "ZoneName", "TotalImports", "Estimates",
  "Estimate", "BottledCapacities", "Regulations", "Regulation", "TotalSupplies", "Supply", "ForecastDemand", "RampStatuses", "RampStatus", "Ramp",
  "OntarioDemand", "ForecastOntDemand", "Demand", "PeakDemand", "AverageDemand", "WindEmbedded", "Embedded", "SolarEmbedded", "DispatchableLoad",
  "BidForecasts", "BidForecast", "ScheduledON", "ScheduledOFF", "HourlyDemandResponse", "Bids", "Bid", "Curtailed", "Curtail", "ZonalExports",
  "ZonalExport", "TotalExports", "GenerationReserveHoldback", "TotalORReserve", "ORReserve", "Min10MinOR", "Min10OR", "Min10MinSpinOR", "Min10SpinOR",
  "LoadForecastUncertainties", "Uncertainty", "ContingencyAllowances", "Allowance", "TotalRequirements", "Requirement", "ExcessCapacities",
  "ExcessEnergies", "ExcessOfferedCapacities", "UnscheduledResources", "UnscheduledResource", "UnscheduledImports", "UnscheduledImport",
];

interface List {
  /** Where it is below its parent: elements that are there once, then what each hour is in. */
  path: readonly string[];
  metric: Metric;
  what: Bounded;
  /** True where the report writes as negative what leaves the province. */
  leaving?: boolean;
}

/** The lists of the whole province that are read. */
const lists: readonly List[] = [
  { path: ["ForecastDemand", "OntarioDemand", "ForecastOntDemand", "Demand"], metric: "demand-forecast", what: "demand of Ontario" },
  { path: ["ForecastDemand", "OntarioDemand", "PeakDemand", "Demand"], metric: "peak-demand-forecast", what: "demand of Ontario" },
  { path: ["ForecastSupply", "InternalResources", "TotalInternalResources", "Schedules", "Schedule"], metric: "supply-forecast", what: "output of all plants of Ontario" },
  { path: ["ForecastSupply", "ZonalImports", "TotalImports", "Schedules", "Schedule"], metric: "scheduled-import", what: "exchange of Ontario with its neighbours" },
  { path: ["ForecastDemand", "ZonalExports", "TotalExports", "Schedules", "Schedule"], metric: "scheduled-export", what: "exchange of Ontario with its neighbours", leaving: true },
  { path: ["ForecastDemand", "GenerationReserveHoldback", "TotalORReserve", "ORReserve"], metric: "reserve-required", what: "reserve of Ontario" },
];

/** The lists of each fuel that are read; wind and solar have forecasts of their own beside what is scheduled of them. */
const fuelLists: readonly List[] = [
  { path: ["Schedules", "Schedule"], metric: "supply-forecast", what: "output of one fuel" },
  { path: ["Forecasts", "Forecast"], metric: "generation-forecast", what: "output of one fuel" },
  { path: ["Capacities", "Capacity"], metric: "capacity", what: "capacity of one fuel" },
  { path: ["Outages", "Outage"], metric: "outage", what: "capacity of one fuel" },
];

/** Adequacy3 and Adequacy2: forecasts of demand, peak and supply by fuel for the hours of a day, rewritten many times a day. */
export const iesoAdequacy: Source = {
  id: "ieso.adequacy",
  name: "IESO adequacy forecast",
  publisher: "IESO",
  licence: iesoLicence,
  page: "https://www.ieso.ca/Power-Data/Data-Directory",
  cadenceMinutes: 60,
  zone: iesoZone,
  rules: {
    unit: "MW: means of the hour, and as peak demand the highest within it; supply is what is scheduled of each fuel",
    time: "Hour 1 to 24 names the hour that ends then, EST (UTC−5) all year; a day is forecast up to 34 days ahead, and rewritten until it ends",
    sign: "Every quantity is positive; scheduled exports, negative in the report, too",
  },
  *documents(range) {
    const days = range ?? { from: momentIn(0).from, to: momentIn(24).to };
    for (const { text, start } of iesoDays(days)) yield documentOf(start < renewal ? "Adequacy2" : "Adequacy3", text);
  },
  read({ bytes }) {
    const { publishedAt, body } = iesoReport(bytes, ["Adequacy3", "Adequacy2"]);
    const day = parseDay(textOfChild(body, "DeliveryDate"));
    const warnings = new Warnings();
    warnings.unknownNames(body, elements);
    const observations = lists.flatMap((list) => {
      const values = valuesOf(body, list, day);
      if (values.length === 0) warnings.add(`${list.path.slice(0, -1).join("/")} isn't in this report`);
      return values;
    });
    if (!observations.some(({ metric }) => metric === "demand-forecast")) throw new SourceFormatError("The report has no forecast of Ontario's demand");
    const resources = all(one(body, "ForecastSupply", "InternalResources"), "InternalResource").flatMap((resource) => {
      const name = textOfChild(resource, "FuelType");
      const fuel = iesoFuel(name);
      if (fuel === undefined) warnings.add(`The fuel ${name} isn't known: it is kept under that name, without a fuel`);
      const values = fuelLists.map((list) => valuesOf(resource, list, day, fuel === undefined ? { item: name } : { fuel }));
      if (values.every((each) => each.length === 0)) warnings.add(`The fuel ${name} has none of the lists that are read`);
      return values.flat();
    });
    warnAboutSupply(observations, resources, warnings);
    return readingOf(publishedAt, [...observations, ...resources], warnings);
  },
};

/** One value an hour below a parent; none when the list isn't there. */
function valuesOf(parent: Element, { path, metric, what, leaving = false }: List, day: Day, subject: { fuel?: Fuel; item?: string } = {}): Observation[] {
  const hour = path.at(-1) ?? "";
  let list = parent;
  for (const name of path.slice(0, -1)) {
    if (all(list, name).length === 0) return [];
    list = one(list, name);
  }
  return numbered(all(list, hour), "DeliveryHour").map(({ number, element }): Observation => ({
    region: "CA-ON", metric, unit: "MW", quality: "forecast", ...subject, ...hourEnding(day, number, iesoOffsetHours),
    value: iesoAmountOf(amountOf(numberOf(textIn(element, "EnergyMW")), leaving, metric), what),
  }));
}

function amountOf(value: number | null, leaving: boolean, metric: Metric): number | null {
  if (!leaving || value === null || value === 0) return value;
  if (value > 0) throw new SourceFormatError(`${metric} of ${value} MW has another sign than it had`);
  return -value;
}

/** Says where the fuels' schedules don't make up the total, each being rounded by itself. */
function warnAboutSupply(whole: readonly Observation[], resources: readonly Observation[], warnings: Warnings): void {
  const parts = Map.groupBy(resources.filter(({ metric }) => metric === "supply-forecast"), ({ start }) => start.getTime());
  const off = whole.filter(({ metric, start, value }) => {
    const fuels = parts.get(start.getTime()) ?? [];
    const sum = fuels.reduce((total, part) => total + (part.value ?? 0), 0);
    return metric === "supply-forecast" && value !== null && Math.abs(sum - value) > fuels.length;
  });
  if (off.length > 0) warnings.add(`In ${off.length} hours the fuels' schedules don't make up the total: both are kept as the report has them`);
}
