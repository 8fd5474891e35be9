import { expect, test } from "vitest";
import { expectNoWrongNumbersInXml, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { iesoGeneratorOutput } from "./ieso-generator-output.ts";

type Hours = readonly (string | null)[];

/** A list of hours from 1 on; null for an hour without its number. */
const hours = (list: string, name: string, values: Hours, from = 1) =>
  `<${list}>${values.map((value, i) => `<${name}><Hour>${i + from}</Hour>${value === null ? "" : `<EnergyMW>${value}</EnergyMW>`}</${name}>`).join("")}</${list}>`;

function generator(name: string, fuel: string, outputs: Hours, capabilities: Hours, capacities: Hours, from = 1): string {
  const lists = [hours("Outputs", "Output", outputs, from), hours("Capabilities", "Capability", capabilities, from), hours("Capacities", "AvailCapacity", capacities, from)];
  return `<Generator><GeneratorName>${name}</GeneratorName><FuelType>${fuel}</FuelType>${lists.join("")}</Generator>`;
}

function document(generators: readonly string[], { created = "2026-11-01T04:16:28" } = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="http://reports.example/GenOutputCapability.xsl" ?><IMODocument docID="GenOutputCapability" xmlns="http://www.theIMO.com/schema">
<IMODocHeader><DocTitle>Generators Output and Capability Report</DocTitle><CreatedAt>${created}</CreatedAt></IMODocHeader>
<IMODocBody><Date>2026-11-01</Date><Generators>
${generators.join("\n")}
</Generators></IMODocBody>
</IMODocument>
`;
}

const nuclear = generator("NORTH-G1", "NUCLEAR", ["716", "678"], ["781", "782"], ["790", "791"]);
const pumped = generator("PUMPS", "HYDRO", ["-4", null], ["120", "120"], ["", "121"]);
const wind = generator("RIDGE-WF", "WIND", ["12", "0"], ["15.5", "16"], ["80", "80"]);

test("reads output, capability and available capacity of each generator; autumn's clock change has no place in it", () => {
  const { publishedAt, observations, warnings } = readingOf(iesoGeneratorOutput, document([nuclear, pumped, wind]));
  expect(publishedAt?.toISOString()).toBe("2026-11-01T09:16:28.000Z");
  expect(warnings).toEqual([]);
  const [first, second] = ["2026-11-01T05:00:00.000Z/2026-11-01T06:00:00.000Z", "2026-11-01T06:00:00.000Z/2026-11-01T07:00:00.000Z"];
  expect(observations.map(lineOf)).toEqual([
    `CA-ON generation nuclear NORTH-G1: ${first} 716 MW measured`,
    `CA-ON generation nuclear NORTH-G1: ${second} 678 MW measured`,
    `CA-ON capability nuclear NORTH-G1: ${first} 781 MW measured`,
    `CA-ON capability nuclear NORTH-G1: ${second} 782 MW measured`,
    `CA-ON available-capacity nuclear NORTH-G1: ${first} 790 MW measured`,
    `CA-ON available-capacity nuclear NORTH-G1: ${second} 791 MW measured`,
    `CA-ON generation hydro PUMPS: ${first} -4 MW measured`,
    `CA-ON generation hydro PUMPS: ${second} null MW measured`,
    `CA-ON capability hydro PUMPS: ${first} 120 MW measured`,
    `CA-ON capability hydro PUMPS: ${second} 120 MW measured`,
    `CA-ON available-capacity hydro PUMPS: ${first} null MW measured`,
    `CA-ON available-capacity hydro PUMPS: ${second} 121 MW measured`,
    `CA-ON generation wind RIDGE-WF: ${first} 12 MW measured`,
    `CA-ON generation wind RIDGE-WF: ${second} 0 MW measured`,
    `CA-ON generation-forecast wind RIDGE-WF: ${first} 15.5 MW forecast`,
    `CA-ON generation-forecast wind RIDGE-WF: ${second} 16 MW forecast`,
    `CA-ON available-capacity wind RIDGE-WF: ${first} 80 MW measured`,
    `CA-ON available-capacity wind RIDGE-WF: ${second} 80 MW measured`,
  ]);
});

test("output of hours that had not begun when the report was written is null; their forecast stays", () => {
  const { observations } = readingOf(iesoGeneratorOutput, document([generator("RIDGE-WF", "WIND", ["12", "0", "0"], ["15", "16", "17"], [])], { created: "2026-11-01T01:00:00" }));
  expect(observations.map(({ metric, value }) => `${metric} ${value}`)).toEqual([
    "generation 12", "generation null", "generation null", "generation-forecast 15", "generation-forecast 16", "generation-forecast 17",
  ]);
});

test("reads the older form without capacities, with prefixes, indented, and with another order of elements", () => {
  const whole = readingOf(iesoGeneratorOutput, document([nuclear])).observations;
  const older = nuclear.replace(/<Capacities>.*<\/Capacities>/, "");
  expect(readingOf(iesoGeneratorOutput, document([older])).observations).toEqual(whole.slice(0, 4));
  const prefixed = document([nuclear]).replaceAll(/<(\/?)(?=[A-Z])/g, "<$1q:").replace("xmlns=", "xmlns:q=");
  expect(readingOf(iesoGeneratorOutput, prefixed).observations).toEqual(whole);
  expect(readingOf(iesoGeneratorOutput, document([nuclear]).replaceAll("><", ">\n        <")).observations).toEqual(whole);
  const turned = nuclear.replaceAll(/(<Hour>\d<\/Hour>)(<EnergyMW>\d+<\/EnergyMW>)/g, "$2$1").replace(/(<FuelType>.*<\/FuelType>)(.*)(?=<\/Generator>)/, "$2$1");
  expect(readingOf(iesoGeneratorOutput, document([turned])).observations).toEqual(whole);
});

test("a new fuel is named, its output kept without one, and what may be a forecast left out", () => {
  const { observations, warnings } = readingOf(iesoGeneratorOutput, document([generator("CELLS", "STORAGE", ["5"], ["9"], ["10"])]));
  expect(observations.map(lineOf)).toEqual([
    "CA-ON generation CELLS: 2026-11-01T05:00:00.000Z/2026-11-01T06:00:00.000Z 5 MW measured",
    "CA-ON available-capacity CELLS: 2026-11-01T05:00:00.000Z/2026-11-01T06:00:00.000Z 10 MW measured",
  ]);
  expect(warnings).toEqual([expect.stringContaining("CELLS has the fuel STORAGE")]);
});

test.each([
  ["a gap between hours", document([nuclear.replace("<Hour>2<", "<Hour>3<")]), "follows"],
  ["hour 25", document([generator("A", "GAS", ["1"], [], [], 25)]), "no hour"],
  ["a generator twice with other values", document([nuclear, nuclear.replace("716", "717")]), "two values"],
  ["a generator without a name", document([nuclear.replace("NORTH-G1", "")]), "GeneratorName"],
  ["words for a number", document([nuclear.replace("716", "many")]), "no number"],
  ["a capability below zero", document([nuclear.replace(">782<", ">-1<")]), "-1 is no capability of one generator"],
  ["an output in kW", document([nuclear.replace(">716<", ">716000<")]), "716000 is no output of one generator"],
  ["an available capacity of more than any plant's", document([nuclear.replace(">790<", ">30900<")]), "30900 is no capability"],
  ["an output of less than any plant draws", document([pumped.replace(">-4<", ">-4000<")]), "-4000 is no output"],
  ["no time of creation", document([nuclear]).replace(/<CreatedAt>.*<\/CreatedAt>/, ""), "created"],
  ["no generators", document([]), "no values"],
  ["another report", document([nuclear]).replace('"GenOutputCapability"', '"Adequacy3"'), "Adequacy3"],
])("%s is refused", (_, text, message) => {
  expect(() => readingOf(iesoGeneratorOutput, text)).toThrow(message);
});

test("damaged documents are refused or right", () => {
  expectNoWrongNumbersInXml(iesoGeneratorOutput, document([nuclear, pumped, wind]), { names: /<GeneratorName>[^<]*/ });
}, 30_000);

test("names the days of a range by the source's own clock, and the newest with the day before it", () => {
  const range = { from: new Date("2026-11-01T04:59:00Z"), to: new Date("2026-11-02T05:00:00Z") };
  expect([...iesoGeneratorOutput.documents(range)].map(({ url }) => url.slice(-12))).toEqual(["20261031.xml", "20261101.xml"]);
  expect([...iesoGeneratorOutput.documents()].map(({ url }) => url.replace(/\d{8}/, "DAY"))).toEqual([
    "https://reports-public.ieso.ca/public/GenOutputCapability/PUB_GenOutputCapability.xml",
    "https://reports-public.ieso.ca/public/GenOutputCapability/PUB_GenOutputCapability_DAY.xml",
  ]);
});
