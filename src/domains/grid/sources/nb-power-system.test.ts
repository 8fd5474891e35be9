import { describe, expect, test } from "vitest";
import { expectNoWrongNumbers, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { nbPowerSystem as source } from "./nb-power-system.ts";

const labels = ["NB Load", "NB Demand", "ISO-NE", "EMEC", "MPS", "QUEBEC", "NOVA SCOTIA", "PEI", "10 Min Reserve Margin", "10 Min Spinning Reserve Margin", "30 Min Reserve Margin"];
const page = (time: string, values = ["1,450", "1512", "-320", "11", "-9", "-741", "45", "148", "308", "", "263"]) => `
<html>
<head><title>NB Power</title></head>
<body>
<table><TR><TD>System Information</TD></TR></table>
<!-- data -->
<table border="1">
<tr><td><b>&nbsp;</b></td><td colspan = "6"><b>Net Scheduled Interchange&nbsp;</b></td></tr>
<tr>${labels.map((label) => `<td valign="top"><b>${label}&nbsp;</b></td>`).join("")}</tr>
<tr>${values.map((value) => `<td nowrap bgcolor="" align="center">${value}</td>`).join("")}</tr>
<tr><td colspan="11"><font size=2>Note:  For actual and scheduled columns, positive values are exports and negative values are imports.</font></td></tr>
</table>
<font size="2"><i>${time}Times at which values are sampled may vary by as much as 5 minutes.</i></font>
</body>
</html>
`;
const archive = `HOUR,NB_LOAD,NB_DEMAND,ISO_NE,NMISA,QUEBEC,NOVA_SCOTIA,PEI
2024-11-03 00:00,1480,1510,-410,41,-510,51,101
2024-11-03 01:00,1460,1490,-420,42,-520,52,102
2024-11-03 01:00,1440,1470,-430,43,-530,53,103
2024-11-03 02:00,1420,1450,-440,44,-540,54,104
`;

test("reads the table by its labels, at the page's own time", () => {
  const { publishedAt, observations, warnings } = readingOf(source, page("Nov 21, 2026 07:58:31 Atlantic Time.  "));
  expect(publishedAt?.toISOString()).toBe("2026-11-21T11:58:31.000Z");
  expect(warnings).toEqual([]);
  expect(observations.map(lineOf)).toEqual([
    "load: 1450", "demand: 1512", "scheduled-interchange ISO-NE: -320", "scheduled-interchange EMEC: 11", "scheduled-interchange MPS: -9", "scheduled-interchange QUEBEC: -741",
    "scheduled-interchange NOVA SCOTIA: 45", "scheduled-interchange PEI: 148", "reserve-margin 10 min: 308", "reserve-margin 10 min spinning: null", "reserve-margin 30 min: 263",
  ].map((line) => `CA-NB ${line.replace(": ", ": 2026-11-21T11:55:00.000Z/2026-11-21T12:00:00.000Z ")} MW preliminary`));
});

test("a page without a time is of the five minutes in which it was fetched", () => {
  const { publishedAt, observations } = readingOf(source, page(""));
  expect(publishedAt).toBeNull();
  expect(observations[0]?.start.toISOString()).toBe("2026-11-21T12:00:00.000Z");
});

test("reads the archive, whose hour comes twice in autumn", () => {
  const { observations, warnings } = readingOf(source, archive);
  expect(warnings).toEqual([]);
  expect(observations.filter(({ item, metric }) => metric === "demand" || item === "QUEBEC").map(lineOf)).toEqual([
    ["03T03", "03T04", 1510, -510], ["03T04", "03T05", 1490, -520], ["03T05", "03T06", 1470, -530], ["03T06", "03T07", 1450, -540],
  ].flatMap(([start, end, demand, flow]) => {
    const interval = `2024-11-${start}:00:00.000Z/2024-11-${end}:00:00.000Z`;
    return [`CA-NB demand: ${interval} ${demand} MW measured`, `CA-NB scheduled-interchange QUEBEC: ${interval} ${flow} MW measured`];
  }));
  expect(readingOf(source, archive.replace(/.*01:00,1440.*\n/, "")).warnings).toEqual([expect.stringContaining("can't be told")]);
});

describe("refuses", () => {
  const good = page("Nov 21, 2026 07:58:31 Atlantic Time.  ");
  test.each([
    ["another page", good.replace("NB Power", "Maintenance"), /isn't NB Power's/],
    ["a page cut off", good.slice(0, -12), /not whole/],
    ["a value too few", good.replace('<td nowrap bgcolor="" align="center">-741</td>', ""), /10 values for 11/],
    ["columns in another order", good.replace("NB Load", "§").replace("NB Demand", "NB Load").replace("§", "NB Demand"), /another order/],
    ["another rule of signs", good.replace("positive values are exports", "positive values are imports"), /doesn't say/],
    ["words for a number", good.replace("-741", "n/k"), /no number/],
    ["a time in the hour left out", page("Mar 08, 2026 02:10:00 Atlantic Time. "), /no time/],
    ["an hour of the archive out of order", archive.replace("2024-11-03 02:00", "2024-11-02 02:00"), /in order/],
  ])("%s", (_, text, message) => expect(() => readingOf(source, text)).toThrow(message));
});

test("names a column that it doesn't know", () => {
  expect(readingOf(source, page("").replace("EMEC", "MAINE")).warnings).toEqual([expect.stringContaining("MAINE")]);
});

test("damaged documents are refused or right", () => {
  expectNoWrongNumbers(source, page("Nov 21, 2026 08:00:31 Atlantic Time.  "));
  expectNoWrongNumbers(source, archive.replaceAll("2024-11-03", "2024-12-03").replace("01:00,1440", "02:00,1440").replace("02:00,1420", "03:00,1420"));
});
