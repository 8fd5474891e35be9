import { expect, test } from "vitest";
import { expectNoWrongNumbersInJson, lineOf, readingOf } from "../../../../tests/support/readings.ts";
import { aesoSmp as source } from "./aeso-smp.ts";

const row = (begin: string, end: string, price: string, volume: string) => ({
  begin_datetime_utc: `2025-04-16 ${begin}`, end_datetime_utc: end && `2025-04-16 ${end}`, system_marginal_price: price, volume,
});
const document = (...rows: object[]) => JSON.stringify({ timestamp: "2025-04-17 03:26:44.262+0000", responseCode: "200", return: { "System Marginal Price Report": rows } });
const api = document(row("07:00", "07:12", "29.5", ""), row("06:33", "07:00", "30.41", "50"), row("06:00", "06:33", "31.02", "80"));

test("reads each price for the minutes that it was valid", () => {
  expect(readingOf(source, api).observations.map(lineOf)).toEqual([
    "CA-AB system-marginal-price: 2025-04-16T06:00:00.000Z/2025-04-16T06:33:00.000Z 31.02 CAD/MWh measured",
    "CA-AB marginal-volume: 2025-04-16T06:00:00.000Z/2025-04-16T06:33:00.000Z 80 MW measured",
    "CA-AB system-marginal-price: 2025-04-16T06:33:00.000Z/2025-04-16T07:00:00.000Z 30.41 CAD/MWh measured",
    "CA-AB marginal-volume: 2025-04-16T06:33:00.000Z/2025-04-16T07:00:00.000Z 50 MW measured",
    "CA-AB system-marginal-price: 2025-04-16T07:00:00.000Z/2025-04-16T07:12:00.000Z 29.5 CAD/MWh measured",
    "CA-AB marginal-volume: 2025-04-16T07:00:00.000Z/2025-04-16T07:12:00.000Z null MW measured",
  ]);
});

test("a price that is still valid waits", () => {
  const { observations, warnings } = readingOf(source, document(row("07:00", "", "29.5", "")));
  expect(observations).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining("still valid")]);
});

test.each([
  ["prices that overlap", document(row("06:00", "06:40", "31", ""), row("06:33", "07:00", "30", "")), /Two prices are valid/],
  ["an end before its beginning", document(row("06:40", "06:10", "31", "")), /can't be valid/],
  ["more than an hour", document(row("06:40", "08:10", "31", "")), /can't be valid/],
])("refuses %s", (_, text, message) => expect(() => readingOf(source, text)).toThrow(message));

test("damaged answers are refused or right", () => expectNoWrongNumbersInJson(source, api));
