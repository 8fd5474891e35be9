import { describe, expect, test } from "vitest";
import { expectNoWrongNumbersInXml, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { iesoIntertieFlow } from "./ieso-intertie-flow.ts";

type Schedule = readonly [imports: number | string, exports: number | string];

/** A border with schedules from hour 9 on, and flows from interval 11 of hour 9 on; without a name, the totals. */
function zone(name: string | null, schedules: readonly Schedule[], flows: readonly (number | null)[]): string {
  const scheduled = schedules.map(([imports, exports], i) => `<Schedule><Hour>${9 + i}</Hour><Import>${imports}</Import><Export>${exports}</Export></Schedule>`);
  const actual = flows.map((flow, i) => `<Actual><Hour>${i < 2 ? 9 : 10}</Hour><Interval>${i < 2 ? 11 + i : i - 1}</Interval>${flow === null ? "" : `<Flow>${flow}</Flow>`}</Actual>`);
  const lists = `<Schedules>${scheduled.join("")}</Schedules><Actuals>${actual.join("")}</Actuals>`;
  return name === null ? `<Totals>${lists}</Totals>` : `<IntertieZone><IntertieZoneName>${name}</IntertieZoneName>${lists}</IntertieZone>`;
}

function document(zones: readonly string[], { created = "2026-03-08T10:32:05" } = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<IMODocument docID="IntertieScheduleFlow" xmlns="http://www.theIMO.com/schema">
<IMODocHeader><DocTitle>Intertie Schedule and Flow Report</DocTitle><CreatedAt>${created}</CreatedAt></IMODocHeader>
<IMODocBody><Date>2026-03-08</Date>
${zones.join("\n")}
</IMODocBody>
</IMODocument>
`;
}

const michigan = zone("MICHIGAN", [[0, 850], [10, 900]], [912.4, 0, 0, 0]);
const quebec = zone("PQ.AT", [[300, 0], [250, 0]], [-301.5, -299.9, 0, 0]);
const totals = zone(null, [[300, 850], [260, 900]], [610.9, -299.9, 0, 0]);

test("reads schedules and flows by border and in total: export is above zero, and zeros for what isn't known yet are null", () => {
  const { publishedAt, observations, warnings } = readingOf(iesoIntertieFlow, document([michigan, quebec, totals]));
  expect(publishedAt?.toISOString()).toBe("2026-03-08T15:32:05.000Z");
  expect(warnings).toEqual([]);
  const [nine, ten] = ["2026-03-08T13:00:00.000Z/2026-03-08T14:00:00.000Z", "2026-03-08T14:00:00.000Z/2026-03-08T15:00:00.000Z"];
  const flows = ["2026-03-08T13:50:00.000Z/2026-03-08T13:55:00.000Z", "2026-03-08T13:55:00.000Z/2026-03-08T14:00:00.000Z", "2026-03-08T14:00:00.000Z/2026-03-08T14:05:00.000Z", "2026-03-08T14:05:00.000Z/2026-03-08T14:10:00.000Z"];
  expect(observations.map(lineOf)).toEqual([
    `CA-ON scheduled-import MICHIGAN: ${nine} 0 MW forecast`,
    `CA-ON scheduled-export MICHIGAN: ${nine} 850 MW forecast`,
    `CA-ON scheduled-import MICHIGAN: ${ten} 10 MW forecast`,
    `CA-ON scheduled-export MICHIGAN: ${ten} 900 MW forecast`,
    `CA-ON intertie-flow MICHIGAN: ${flows[0]} 912.4 MW measured`,
    `CA-ON intertie-flow MICHIGAN: ${flows[1]} 0 MW measured`,
    `CA-ON intertie-flow MICHIGAN: ${flows[2]} null MW measured`,
    `CA-ON intertie-flow MICHIGAN: ${flows[3]} null MW measured`,
    `CA-ON scheduled-import PQ.AT: ${nine} 300 MW forecast`,
    `CA-ON scheduled-export PQ.AT: ${nine} 0 MW forecast`,
    `CA-ON scheduled-import PQ.AT: ${ten} 250 MW forecast`,
    `CA-ON scheduled-export PQ.AT: ${ten} 0 MW forecast`,
    `CA-ON intertie-flow PQ.AT: ${flows[0]} -301.5 MW measured`,
    `CA-ON intertie-flow PQ.AT: ${flows[1]} -299.9 MW measured`,
    `CA-ON intertie-flow PQ.AT: ${flows[2]} null MW measured`,
    `CA-ON intertie-flow PQ.AT: ${flows[3]} null MW measured`,
    `CA-ON scheduled-import: ${nine} 300 MW forecast`,
    `CA-ON scheduled-export: ${nine} 850 MW forecast`,
    `CA-ON scheduled-import: ${ten} 260 MW forecast`,
    `CA-ON scheduled-export: ${ten} 900 MW forecast`,
    `CA-ON net-interchange: ${flows[0]} 610.9 MW measured`,
    `CA-ON net-interchange: ${flows[1]} -299.9 MW measured`,
    `CA-ON net-interchange: ${flows[2]} null MW measured`,
    `CA-ON net-interchange: ${flows[3]} null MW measured`,
  ]);
});

describe("placeholders", () => {
  const flowsOf = (text: string) => readingOf(iesoIntertieFlow, text).observations.filter(({ metric }) => metric === "intertie-flow").map(({ value }) => value);

  test("a border at rest is 0 while another flows", () => {
    expect(flowsOf(document([zone("MICHIGAN", [], [1, 0, 5, 0]), zone("MINNESOTA", [], [0, 0, 0, 7])]))).toEqual([1, 0, 5, 0, 0, 0, 0, 7]);
  });

  test("flows that end after the report was written are null, whatever they say", () => {
    expect(flowsOf(document([zone("MICHIGAN", [], [1, 2, 3, 4])], { created: "2026-03-08T09:00:00" }))).toEqual([1, 2, null, null]);
  });

  test("an interval without a flow is null", () => {
    expect(flowsOf(document([zone("MICHIGAN", [], [1, null, 3, 4])]))).toEqual([1, null, 3, 4]);
  });

  test("schedules of an hour to come are null where every border shows 0", () => {
    const { observations } = readingOf(iesoIntertieFlow, document([zone("MICHIGAN", [[0, 5], [0, 0], [0, 6], [0, 0]], []), zone("MINNESOTA", [[0, 0], [0, 0], [0, 0], [0, 0]], [])], { created: "2026-03-08T10:00:00" }));
    const exports = observations.filter(({ metric }) => metric === "scheduled-export").map(({ item, value }) => `${item} ${value}`);
    expect(exports).toEqual(["MICHIGAN 5", "MICHIGAN 0", "MICHIGAN 6", "MICHIGAN null", "MINNESOTA 0", "MINNESOTA 0", "MINNESOTA 0", "MINNESOTA null"]);
  });
});

test("a new border, and totals that aren't the sum, are named", () => {
  const { observations, warnings } = readingOf(iesoIntertieFlow, document([michigan, zone("VERMONT", [[0, 5]], [9]), totals]));
  expect(observations.filter(({ item }) => item === "VERMONT")).toHaveLength(3);
  expect(warnings).toEqual([expect.stringContaining("VERMONT"), expect.stringContaining("isn't the sum")]);
});

test.each([
  ["a gap between hours", document([michigan.replace("<Hour>10</Hour><Import>", "<Hour>11</Hour><Import>")]), "follows"],
  ["a gap between intervals", document([michigan.replace("<Interval>2<", "<Interval>3<")]), "follows"],
  ["interval 13", document([michigan.replace("<Interval>12<", "<Interval>13<")]), "13"],
  ["a schedule below zero", document([michigan.replace("850", "-850")]), "direction"],
  ["a border without a name", document([michigan.replace("MICHIGAN", "")]), "IntertieZoneName"],
  ["a border twice with other values", document([michigan, michigan.replace("912.4", "912.5")]), "two values"],
  ["no time of creation", document([michigan]).replace(/<CreatedAt>.*<\/CreatedAt>/, ""), "created"],
  ["no borders", document([]), "no values"],
])("%s is refused", (_, text, message) => {
  expect(() => readingOf(iesoIntertieFlow, text)).toThrow(message);
});

test("damaged documents are refused or right", () => expectNoWrongNumbersInXml(iesoIntertieFlow, document([michigan, quebec, totals])), 30_000);

test("names the days of a range, and the newest with the day before it", () => {
  const range = { from: new Date("2026-03-08T05:00:00Z"), to: new Date("2026-03-09T05:00:01Z") };
  expect([...iesoIntertieFlow.documents(range)].map(({ url }) => url.slice(-12))).toEqual(["20260308.xml", "20260309.xml"]);
  expect([...iesoIntertieFlow.documents()].map(({ url }) => url.replace(/^.*PUB_/, "").replace(/\d{8}/, "DAY"))).toEqual(["IntertieScheduleFlow.xml", "IntertieScheduleFlow_DAY.xml"]);
});
