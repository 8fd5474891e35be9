import { describe, expect, test } from "vitest";
import { expectNoWrongNumbers, expectNoWrongNumbersInJson, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { aesoCurrentSupplyDemand as source } from "./aeso-current-supply-demand.ts";

/** As AESO writes it since 2024: line ends of two kinds, quotes, units with and without a star. */
const report = `Current Supply Demand Report\r
\r
"Last Update : Nov 21, 2026 04:58"\r
\r
"Alberta Total Net Generation","9800"
"Net Actual Interchange","-140"
"Alberta Internal Load (AIL)","9940"
"Net-To-Grid Generation","7204"
"Contingency Reserve Required","473"
"Dispatched Contingency Reserve (DCR)","474"
"Dispatched Contingency Reserve -Gen","368"
"Dispatched Contingency Reserve -Other","106"
"FFR Armed Dispatch","0"
"FFR Offered Volume","211"
"Long Lead Time Volume","-"\r
\r
"COGENERATION","6137","4600","52"
"COMBINED CYCLE","3974","2400","10"
"HYDRO","894","150","180"
"ENERGY STORAGE","190","-20","49"
"SOLAR","1650","0","0"
"WIND","5684","2670","0"
"TOTAL","18529","9800","291"\r
\r
"British Columbia","-120"
"Montana","26"
"Saskatchewan","-46"
"TOTAL","-140"\r
\r
"Joffre #1 (JOF1)","474","201","0"
"Halkirk Wind Power Facility (HAL1)*","150","77","0"\r
`;
const minute = "2026-11-21T10:58:00.000Z/2026-11-21T10:59:00.000Z";
const api = {
  timestamp: "2024-04-19 03:39:27.667+0000",
  responseCode: "200",
  return: {
    effective_datetime_utc: "2024-04-19 03:38", effective_datetime_mpt: "2024-04-18 21:38",
    total_max_generation_capability: 21191, total_net_generation: 9932, net_to_grid_generation: 7291, net_actual_interchange: -276, alberta_internal_load: 10208,
    contingency_reserve_required: 445, dispatched_contigency_reserve_total: 460, dispatched_contingency_reserve_gen: 351, dispatched_contingency_reserve_other: 109,
    ffr_armed_dispatch: 0, ffr_offered_volume: 237,
    generation_data_list: [
      { fuel_type: "COAL", aggregated_maximum_capability: 820, aggregated_net_generation: 396, aggregated_dispatched_contingency_reserve: 0 },
      { fuel_type: "DUAL FUEL", aggregated_maximum_capability: 466, aggregated_net_generation: 466, aggregated_dispatched_contingency_reserve: 0 },
      { fuel_type: "GAS", aggregated_maximum_capability: 12880, aggregated_net_generation: 7140, aggregated_dispatched_contingency_reserve: 149 },
      { fuel_type: "HYDRO", aggregated_maximum_capability: 894, aggregated_net_generation: 108, aggregated_dispatched_contingency_reserve: 202 },
      { fuel_type: "SOLAR", aggregated_maximum_capability: 1650, aggregated_net_generation: 0, aggregated_dispatched_contingency_reserve: 0 },
      { fuel_type: "WIND", aggregated_maximum_capability: 4481, aggregated_net_generation: 1822, aggregated_dispatched_contingency_reserve: 0 },
    ],
    interchange_list: [{ path: "British Columbia", actual_flow: -24 }, { path: "Montana", actual_flow: -130 }, { path: "Saskatchewan", actual_flow: -122 }],
  },
};
const valuesOf = (text: string) => Object.fromEntries(readingOf(source, text).observations.map((o) => [[o.metric, o.fuel, o.item].filter(Boolean).join(" "), o.value]));

test("reads the report by its labels: headlines, reserves, fuels, borders and units", () => {
  const { publishedAt, observations, warnings } = readingOf(source, report);
  expect(publishedAt?.toISOString()).toBe("2026-11-21T10:58:00.000Z");
  expect(warnings).toEqual([]);
  expect(observations.map(lineOf)).toEqual([
    ["internal-load", 9940], ["generation-total", 9800], ["net-interchange", -140], ["net-to-grid-generation", 7204],
    ["reserve-required", 473], ["reserve-dispatched", 474], ["reserve-dispatched generation", 368], ["reserve-dispatched other", 106],
    ["fast-response-armed", 0], ["fast-response-offered", 211], ["long-lead-time-volume", null],
    ["generation gas", 7000], ["capability gas", 10111], ["reserve-dispatched gas", 62],
    ["generation gas COGENERATION", 4600], ["capability gas COGENERATION", 6137], ["generation gas COMBINED CYCLE", 2400], ["capability gas COMBINED CYCLE", 3974],
    ["generation hydro", 150], ["capability hydro", 894], ["reserve-dispatched hydro", 180],
    ["generation storage", -20], ["capability storage", 190], ["reserve-dispatched storage", 49],
    ["generation solar", 0], ["capability solar", 1650], ["reserve-dispatched solar", 0],
    ["generation wind", 2670], ["capability wind", 5684], ["reserve-dispatched wind", 0],
    ["intertie-flow British Columbia", -120], ["intertie-flow Montana", 26], ["intertie-flow Saskatchewan", -46],
    ["generation Joffre #1 (JOF1)", 201], ["capability Joffre #1 (JOF1)", 474],
    ["generation Halkirk Wind Power Facility (HAL1)", 77], ["capability Halkirk Wind Power Facility (HAL1)", 150],
  ].map(([subject, value]) => `CA-AB ${subject}: ${minute} ${value} MW measured`));
});

test("reads the names of before 2024, without quotes, and lines in any order", () => {
  const old = report.replaceAll("COGENERATION", "GAS").replaceAll("COMBINED CYCLE", "DUAL FUEL").replaceAll("FFR", "LSSi");
  expect(valuesOf(old)).toMatchObject({ "generation gas": 7000, "generation gas DUAL FUEL": 2400, "fast-response-offered": 211 });
  expect(valuesOf(report.replaceAll('"', "").replace("Nov 21, 2026", '"Nov 21, 2026').replace("04:58", '04:58"').replace('Last Update : "', '"Last Update : '))).toEqual(valuesOf(report));
  const [head = "", ...lines] = report.replaceAll("\r", "").split("\n");
  expect(valuesOf(`${[head, ...lines.reverse()].join("\n")}\n`)).toEqual(valuesOf(report));
});

test("the minute is by Alberta's clocks: summer, winter, and UTC−6 all year since 2026", () => {
  const at = (time: string) => readingOf(source, report.replace("Nov 21, 2026 04:58", time)).observations[0]?.start.toISOString();
  expect(at("Jul 1, 2025 00:00")).toBe("2025-07-01T06:00:00.000Z");
  expect(at("Jan 15, 2025 23:59")).toBe("2025-01-16T06:59:00.000Z");
  expect(at("Dec 15, 2026 12:00")).toBe("2026-12-15T18:00:00.000Z");
  expect(() => at("Mar 09, 2025 02:30")).toThrow(/no time by Alberta/);
  expect(() => at("Nov 02, 2025 01:30")).toThrow(/two times by Alberta/);
  const autumn = (fetchedAt: string) => source.read({
    bytes: new TextEncoder().encode(report.replace("Nov 21, 2026 04:58", "Nov 02, 2025 01:30")), origin: "fixture", fetchedAt: new Date(fetchedAt),
  }).observations[0]?.start.toISOString();
  expect(autumn("2025-11-02T07:31:00Z")).toBe("2025-11-02T07:30:00.000Z");
  expect(autumn("2025-11-02T08:31:00Z")).toBe("2025-11-02T08:30:00.000Z");
});

test("names new fuels, borders and lines, and leaves their numbers in the totals", () => {
  const changed = report.replace('"SOLAR"', '"GEOTHERMAL"').replace('"Montana"', '"Idaho"').replace("Long Lead Time Volume", "Moonlight Volume");
  const { observations, warnings } = readingOf(source, changed);
  expect(warnings).toEqual(["Moonlight", "Idaho", "GEOTHERMAL"].map((name): unknown => expect.stringContaining(name)));
  expect(valuesOf(changed)).toMatchObject({ "generation gas": null, "generation gas COGENERATION": 4600, "generation-total": 9800 });
  expect(observations.some(({ fuel }) => fuel === "solar")).toBe(false);
});

test.each([
  ["load that isn't generation less interchange", (text: string) => text.replace('(AIL)","9940"', '(AIL)","9490"')],
  ["a fuel's number changed", (text: string) => text.replace('"2670"', '"2760"')],
  ["a capability changed", (text: string) => text.replace('"5684"', '"6584"')],
  ["a flow changed", (text: string) => text.replace('"-46"', '"46"')],
  ["two values of one fuel", (text: string) => text.replace('"SOLAR"', '"WIND"')],
  ["no totals", (text: string) => text.replaceAll('"TOTAL"', '"SUM"')],
  ["another report", (text: string) => text.replace("Current Supply Demand Report", "Pool Price")],
  ["no time", (text: string) => text.replace("Last Update", "Update")],
])("refuses %s", (_, change) => expect(() => readingOf(source, change(report))).toThrow(/but its parts make|not those|two lines|no totals|isn't AESO|doesn't say/));

describe("the API", () => {
  test("reads version 2 and version 1, in its envelope and without", () => {
    const two = readingOf(source, JSON.stringify(api));
    expect(two.warnings).toEqual([]);
    expect(two.observations.map(lineOf)).toContain("CA-AB internal-load: 2024-04-19T03:38:00.000Z/2024-04-19T03:39:00.000Z 10208 MW measured");
    expect(valuesOf(JSON.stringify(api))).toMatchObject({
      "generation-total": 9932, "net-interchange": -276, "generation gas": 7606, "generation gas DUAL FUEL": 466, "generation coal": 396,
      "reserve-dispatched": 460, "reserve-dispatched other": 109, "fast-response-offered": 237, "intertie-flow Montana": -130,
    });
    const { effective_datetime_utc: utc, effective_datetime_mpt: mpt, ...rest } = api.return;
    const one = { ...rest, last_updated_datetime_utc: utc, last_updated_datetime_mpt: mpt };
    expect(readingOf(source, JSON.stringify({ ...api, return: one })).observations).toEqual(two.observations);
    expect(readingOf(source, JSON.stringify(api.return)).observations).toEqual(two.observations);
  });

  test("names what is new, and refuses errors and parts that don't add up", () => {
    expect(readingOf(source, JSON.stringify({ ...api, return: { ...api.return, hydrogen: 3 } })).warnings).toEqual([expect.stringContaining("hydrogen")]);
    expect(() => readingOf(source, JSON.stringify({ statusCode: 401, message: "Access denied due to missing key." }))).toThrow(/Access denied/);
    expect(() => readingOf(source, JSON.stringify({ ...api, return: { ...api.return, alberta_internal_load: 10280 } }))).toThrow(/internal load is 10280/);
    expect(() => readingOf(source, JSON.stringify({ ...api, return: { ...api.return, generation_data_list: api.return.generation_data_list.slice(1) } }))).toThrow(/parts make/);
  });

  test("damaged answers are refused or right", () => {
    expectNoWrongNumbersInJson(source, JSON.stringify(api));
  });
});

test("damaged reports are refused or right", () => expectNoWrongNumbers(source, report, { names: /"[^"]+ \([A-Z0-9]+\)\*?"/g }));

test("asks for what is new only, at the report's address without a key", () => {
  expect([...source.documents()]).toEqual([{ url: "http://ets.aeso.ca/ets_web/ip/Market/Reports/CSDReportServlet?contentType=csv" }]);
  expect([...source.documents({ from: new Date("2020-01-01"), to: new Date("2020-01-02") })]).toEqual([]);
});
