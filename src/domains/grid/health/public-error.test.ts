import { expect, test } from "vitest";
import { publicError } from "./public-error.ts";

test.each([
  ["https://apimgw.aeso.ca/public/poolprice-api/v1.1/price/poolPrice?startDate=2026-01-01&key=SECRET: 403", "apimgw.aeso.ca/public/poolprice-api/v1.1/price/poolPrice: 403"],
  ["https://user:hunter2@example.com/data.csv: there is nothing at this address", "example.com/data.csv: there is nothing at this address"],
  ["http://ets.aeso.ca/x: redirected to https://evil.example/?token=a, which isn't listed.\nhttps://second.example/?key=b: 500", "ets.aeso.ca/x: redirected to evil.example/, which isn't listed."],
  ["The document has no header line", "The document has no header line"],
  ["HTTPS://EXAMPLE.COM/A?api_key=1#f failed", "example.com/A failed"],
])("%s", (text, shown) => expect(publicError(text)).toBe(shown));

test("an error is cut to some lines of a table", () => expect(publicError("x".repeat(2_000))).toHaveLength(300));
