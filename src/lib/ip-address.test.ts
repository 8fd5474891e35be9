import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { networkOf, normalizeIp } from "./ip-address.ts";

describe("normalizeIp", () => {
  test.each([
    ["192.0.2.1", "192.0.2.1"],
    [" 192.0.2.1 ", "192.0.2.1"],
    ["192.0.2.1:5678", "192.0.2.1"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::ffff:c000:201", "192.0.2.1"],
    ["0:0:0:0:0:FFFF:C000:0201", "192.0.2.1"],
    ["::", "::"],
  ])("%s is %s", (text, address) => {
    expect(normalizeIp(text)).toBe(address);
  });

  test.each([
    "",
    "unknown",
    "_hidden",
    "localhost",
    "1.2.3",
    "1.2.3.4.5",
    "01.2.3.4",
    "256.1.1.1",
    "1.2.3.4:",
    "::1:",
    "[::1",
    "%eth0",
    "1.2.3.4, 5.6.7.8",
    "\0",
  ])("%j is no address", (text) => {
    expect(normalizeIp(text)).toBeNull();
  });

  test("is idempotent for every IPv6 address, and never throws on any text", () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const address = normalizeIp(text);
        expect(address).not.toBeNull();
        expect(normalizeIp(address ?? "")).toBe(address);
      }),
    );
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void normalizeIp(text)));
  });
});

describe("networkOf", () => {
  test.each([
    ["192.0.2.77", "192.0.2.0/24"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"],
    ["2001:db8::1", "2001:db8:0::/48"],
    ["::1", "0:0:0::/48"],
    ["::", "0:0:0::/48"],
  ])("%s lies in %s", (address, network) => {
    expect(networkOf(address, { v4: 24, v6: 48 })).toBe(network);
  });

  test("an address is its own /32 and /128", () => {
    expect(networkOf("192.0.2.77", { v4: 32, v6: 128 })).toBe("192.0.2.77/32");
    expect(networkOf("2001:db8::1", { v4: 32, v6: 128 })).toBe("2001:db8::1/128");
  });

  test("every address of one /64 has one network, whatever its lower half", () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    const half = fc.tuple(group, group, group, group).map((groups) => groups.join(":"));
    fc.assert(
      fc.property(half, half, half, (upper, one, other) => {
        const networks = [one, other].map((lower) => {
          const address = normalizeIp(`${upper}:${lower}`) ?? "";
          return address.includes(".") ? "mapped" : networkOf(address, { v4: 32, v6: 64 });
        });
        fc.pre(!networks.includes("mapped"));
        expect(networks[0]).toBe(networks[1]);
      }),
    );
  });
});
