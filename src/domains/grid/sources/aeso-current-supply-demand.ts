import type { Fuel, Observation } from "#domains/grid/schema.ts";
import { aesoApiDocument, aesoHeadersFor, aesoLicence, aesoPage, aesoReport, aesoReportHost, aesoZone, isJson } from "./aeso.ts";
import { readCsdApi } from "./aeso-csd-api.ts";
import { readCsdReport } from "./aeso-csd-report.ts";
import { borders, fuelOf, type Snapshot } from "./aeso-snapshot.ts";
import { distinct } from "./distinct.ts";
import { SourceFormatError, type Reading, type Source } from "./source.ts";

/** Current supply and demand: one moment of Alberta's grid; there is no history, so what isn't read is lost. */
export const aesoCurrentSupplyDemand: Source = {
  id: "aeso.current-supply-demand",
  name: "AESO current supply and demand",
  publisher: "AESO",
  licence: aesoLicence,
  page: aesoPage,
  cadenceMinutes: 5,
  zone: aesoZone,
  rules: {
    unit: "MW, as metered at that minute",
    time: "The minute of the last update by Alberta's clocks, which the report names without an offset (the API also in UTC)",
    sign: "Positive interchange is export; positive storage is discharge",
  },
  plainHttpHosts: [aesoReportHost],
  *documents(range) {
    if (range && range.to.getTime() < Date.now() - 3_600_000) return;
    yield aesoApiDocument("currentsupplydemand-api/v2/csd/summary/current") ?? aesoReport("CSDReportServlet");
  },
  headersFor: aesoHeadersFor,
  read(payload) {
    return readingOfSnapshot(isJson(payload) ? readCsdApi(payload) : readCsdReport(payload));
  },
};

function readingOfSnapshot(snapshot: Snapshot): Reading {
  requireSums(snapshot);
  const unknown = snapshot.fuels.filter(({ name }) => fuelOf[name] === undefined);
  const start = new Date(Math.floor(snapshot.at.getTime() / 60_000) * 60_000);
  const common = { region: "CA-AB", unit: "MW", quality: "measured", start, end: new Date(start.getTime() + 60_000) } as const;
  const fuels = [...Map.groupBy(snapshot.fuels.filter(({ name }) => fuelOf[name] !== undefined), ({ name }) => fuelOf[name])];
  // A name that isn't known may be one more of those that gas is told by: its sum can't be told then.
  const sumOfNames = (fuel: Fuel, values: (number | null)[]) => (unknown.length > 0 && hasSeveralNames(fuel) ? null : sumOf(values));
  const observations: Observation[] = [
    { ...common, metric: "internal-load", value: snapshot.load },
    { ...common, metric: "generation-total", value: snapshot.generation },
    { ...common, metric: "net-interchange", value: snapshot.interchange },
    { ...common, metric: "net-to-grid-generation", value: snapshot.toGrid },
    ...snapshot.reserves.map((reserve) => ({ ...common, ...reserve })),
    ...fuels.flatMap(([fuel, parts]) => fuel === undefined ? [] : [
      { ...common, metric: "generation" as const, fuel, value: sumOfNames(fuel, parts.map(({ generation }) => generation)) },
      { ...common, metric: "capability" as const, fuel, value: sumOfNames(fuel, parts.map(({ capability }) => capability)) },
      { ...common, metric: "reserve-dispatched" as const, fuel, value: sumOfNames(fuel, parts.map(({ reserve }) => reserve)) },
      // Where several of AESO's names are one fuel, each is kept beside their sum.
      ...(!hasSeveralNames(fuel) ? [] : parts.flatMap((part) => [
        { ...common, metric: "generation" as const, fuel, item: part.name, value: part.generation },
        { ...common, metric: "capability" as const, fuel, item: part.name, value: part.capability },
      ])),
    ]),
    ...snapshot.flows.flatMap(({ border, value }) => (borders.includes(border) ? [{ ...common, metric: "intertie-flow" as const, item: border, value }] : [])),
    ...snapshot.units.flatMap(({ name, generation, capability }) => [
      { ...common, metric: "generation" as const, item: name, value: generation },
      { ...common, metric: "capability" as const, item: name, value: capability },
    ]),
  ];
  const unknownBorders = snapshot.flows.filter(({ border }) => !borders.includes(border));
  const warnings = [
    ...snapshot.warnings,
    ...unknownBorders.map(({ border, value }) => `The border ${border} isn't known: its ${value} MW are in the net interchange only`),
    ...unknown.map(({ name, generation }) => `The fuel ${name} isn't known: its ${generation} MW are in the total only`),
  ];
  return { publishedAt: snapshot.publishedAt, observations: distinct(observations), warnings };
}

/** What AESO's numbers say of each other; rounding leaves up to half a MW for each. */
function requireSums({ generation, interchange, load, capability, fuels, flows, flowsComplete }: Snapshot): void {
  const check = (what: string, stated: number | null, parts: (number | null)[]) => {
    const sum = sumOf(parts);
    if (stated !== null && sum !== null && Math.abs(stated - sum) > Math.max(2, parts.length / 2)) {
      throw new SourceFormatError(`${what} is ${stated} MW, but its parts make ${sum} MW`);
    }
  };
  check("Alberta's internal load", load, [generation, -interchange]);
  check("Total net generation", generation, fuels.map((fuel) => fuel.generation));
  check("Maximum capability", capability, fuels.map((fuel) => fuel.capability));
  if (flowsComplete) check("Net interchange", interchange, flows.map(({ value }) => value));
}

function hasSeveralNames(fuel: Fuel): boolean {
  return Object.values(fuelOf).filter((each) => each === fuel).length > 1;
}

/** Null when any part is unknown. */
function sumOf(parts: (number | null)[]): number | null {
  return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0);
}

