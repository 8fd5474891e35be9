import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findClaims, settled } from "./claims.ts";
import { findHealthCards } from "./detectors/health-card.ts";
import { findPaymentCards } from "./detectors/payment-card.ts";
import { findPhones } from "./detectors/phone.ts";
import { findSins } from "./detectors/sin.ts";
import { Scan } from "./scan.ts";

/** What is found, as `kind value`. */
const found = (text: string) => findClaims(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

// Specimens, test cards, reserved phones and addresses; keys are made here so that no file holds one.
const filler = "EXAMPLEexample0123456789EXAMPLEexample";

describe("what is found", () => {
  test.each([
    ["mail to ana@example.com.", ["email ana@example.com"]],
    ["'ana@example.com'", ["email ana@example.com"]],
    ["?to=ana%40example.com&x=1", ["email ana%40example.com"]],
    ["ana (at) example.com", ["email ana (at) example.com"]],
    ["613-555-0142 or (613) 555-0143", ["phone 613-555-0142", "phone (613) 555-0143"]],
    ["613-555-0142, ext. 12", ["phone 613-555-0142, ext. 12"]],
    ["+44 20 7946 0321", ["phone +44 20 7946 0321"]],
    ["SIN 046 454 286", ["sin 046 454 286"]],
    ["SIN 046 454 287, mistyped", ["sin 046 454 287"]],
    ["046-454-286", ["sin 046-454-286"]],
    ['{"social_insurance_number":"046454286"}', ["sin 046454286"]],
    ['{"phoneNumber":"6135550142"}', ["phone 6135550142"]],
    ["1234-567-897-AB", ["health_card 1234-567-897-AB"]],
    ["TESX 8552 1512", ["health_card TESX 8552 1512"]],
    ["9698-658-215", ["health_card 9698-658-215"]],
    ["AHCIP 12345-6789", ["health_card 12345-6789"]],
    ["123 Example Street, Ottawa, ON K1A 0B1", ["address 123 Example Street, Ottawa, ON K1A 0B1"]],
    ["P.O. Box 12, Regina SK S4P 3Y2", ["address P.O. Box 12, Regina SK S4P 3Y2"]],
    ["Ottawa, ON K1A 0B1", ["address K1A 0B1"]],
    ["4111 1111 1111 1111", ["payment_card 4111 1111 1111 1111"]],
    ["GB82 WEST 1234 5698 7654 32 and so on", ["iban GB82 WEST 1234 5698 7654 32"]],
    ["192.0.2.1:502, 2001:db8::17.", ["ip_address 192.0.2.1", "ip_address 2001:db8::17"]],
    ["firmware from 192.0.2.1", ["ip_address 192.0.2.1"]],
    ["firmware 3.2.0.1 at 10.20.30.40, port 20000", ["ip_address 10.20.30.40"]],
    ["software on 24.48.0.12:502", ["ip_address 24.48.0.12"]],
    ["update http://10.1.4.6/firmware.bin", ["ip_address 10.1.4.6"]],
    ["10.1.4.0/24", ["ip_address 10.1.4.0"]],
    ["why can't 24.37.8.91 see it", ["ip_address 24.37.8.91"]],
    ["Account 12345, 613-555-0142", ["phone 613-555-0142"]],
    [`key sk-${filler}`, [`api_key sk-${filler}`]],
    [`client_secret=${filler}&a=b`, [`api_key ${filler}`]],
    ["postgres://reader:Exampl3@db.example.com/x", ["api_key Exampl3"]],
    [`access_token=eyJ${filler}.${filler}.${filler}`, [`jwt eyJ${filler}.${filler}.${filler}`]],
    [["-----BEGIN", " PRIVATE KEY-----\nRVhBTVBMRQ==\n-----END PRIVATE KEY-----"].join(""), [["private_key -----BEGIN", " PRIVATE KEY-----\nRVhBTVBMRQ==\n-----END PRIVATE KEY-----"].join("")]],
  ])("%s", (text, expected) => expect(found(text)).toEqual(expected));

  test.each([
    ["digits of other scripts", "call ٦١٣-٥٥٥-٠١٧٦", "phone ٦١٣-٥٥٥-٠١٧٦"],
    ["full width", "ＡＮＡ＠ＥＸＡＭＰＬＥ．ＣＯＭ", "email ＡＮＡ＠ＥＸＡＭＰＬＥ．ＣＯＭ"],
    ["characters that nobody sees", "ana@exa\u200bmple.com", "email ana@exa\u200bmple.com"],
    ["narrow spaces", "SIN 046\u202f454\u202f286", "sin 046\u202f454\u202f286"],
    ["hyphens that don't break", "046\u2011454\u2011286", "sin 046\u2011454\u2011286"],
    ["after an emoji", "😀 ana@example.com", "email ana@example.com"],
  ])("under %s, where it stands in the original", (_, text, expected) => expect(found(text)).toEqual([expected]));
});

describe("what is left", () => {
  test.each([
    "046 454 287", "046454286", "123 456 782 kWh", "$248 102 501", "order 613-555-0142", "units 613-555-0142 and 613-555-0143", "unit no. 416-555-2210", "6135550142", "512 633 1204 498 702 1177 MW",
    "4111 1111 1111 1112", "meter 4111111111111111", "4111111111111111.5", "feeder H2X-1Y4", "unit K1A 0B1", "GB82 WEST 1234 5698 7654 33", "GB82 balancing zone",
    "12:30:45", "firmware 10.2.3.4", "PSS/E 35.6.1.0", "6.4.2.1/6.4.2.2", "10.4.2.1 requires it, 10.4.2.3 doesn't", "1.3.6.1.4.1.9.2.1", "127.0.0.1", "255.255.255.0", "face::add(0x1f)", "00:1B:44:11:3A:B7", "00:1b:44:ff:fe:11:3a:b7", "300.1.1.1",
    "a risk-based, task-force-led approach", "The password is required.", "token: none", "+12 345 678 MWh", "+44 120 500 MWh", "PLAN 2012 0115", "health card", "@ieso", "60 Hz @ 230.5 kV",
    "https://user@example.com/path", "[EMAIL-1]", "", "\ud800", "﷽".repeat(9),
  ])("%s", (text) => expect(found(text)).toEqual([]));
});

test("whatever number a detector finds by itself is found", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789".repeat(3), ..." -.()+AZ"), minLength: 6, maxLength: 24 });
  const text = fc.tuple(fc.constantFrom("call ", "RAMQ TESX", "sin ", "card ", "health card ", ""), digits).map((parts) => parts.join(""));
  fc.assert(fc.property(text, (one) => {
    const alone = [findPaymentCards, findHealthCards, findSins, findPhones].flatMap((find) => [...find(new Scan(one))]);
    if (alone.length > 0) expect(findClaims(one)).not.toEqual([]);
  }), { numRuns: 5_000 });
});

describe("claims that overlap become one", () => {
  const claim = (kind: "email" | "api_key" | "sin" | "phone", start: number, end: number, distance?: number) => ({ kind, start, end, ...(distance === undefined ? {} : { distance }) });
  test.each([
    ["the longest", [claim("sin", 0, 5), claim("phone", 2, 12)], [claim("phone", 0, 12)]],
    ["a secret before a longer one", [claim("email", 0, 20), claim("api_key", 5, 9)], [claim("api_key", 0, 20)]],
    ["the nearest word", [claim("sin", 0, 9, 30), claim("phone", 0, 9, 2)], [claim("phone", 0, 9, 2)]],
    ["the first kind", [claim("phone", 0, 9), claim("sin", 0, 9)], [claim("sin", 0, 9)]],
    ["neighbours stay apart", [claim("phone", 5, 9), claim("sin", 0, 5)], [claim("sin", 0, 5), claim("phone", 5, 9)]],
  ])("%s", (_, claims, expected) => expect(settled(claims)).toEqual(expected));
});
