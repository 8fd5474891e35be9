import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, clientAddress, limitedNetwork, loggedNetwork, unknownAddress } from "./client-address.ts";

const proxy = "10.0.0.1";
const client = "203.0.113.9";

describe("without trusted proxies", () => {
  test("is the socket's address, whatever the header claims", () => {
    expect(clientAddress(client, undefined, 0)).toBe(client);
    expect(clientAddress(client, "198.51.100.7", 0)).toBe(client);
    expect(clientAddress(client, `198.51.100.7, ${proxy}`, 0)).toBe(client);
  });

  test("spells an IPv4 client on a dual-stack socket as IPv4", () => {
    expect(clientAddress(`::ffff:${client}`, undefined, 0)).toBe(client);
  });

  test("drops the zone of a link-local address", () => {
    expect(clientAddress("fe80::1%eth0", undefined, 0)).toBe("fe80::1");
  });

  test("is unknown on a closed socket", () => {
    expect(clientAddress(undefined, "198.51.100.7", 0)).toBe(unknownAddress);
  });
});

describe("behind trusted proxies", () => {
  test("one hop: the entry that our proxy appended", () => {
    expect(clientAddress(proxy, client, 1)).toBe(client);
  });

  test("one hop: entries the client sent before it are ignored", () => {
    expect(clientAddress(proxy, `198.51.100.7, 127.0.0.1, ${client}`, 1)).toBe(client);
  });

  test("two hops: the entry two places left of the socket", () => {
    expect(clientAddress(proxy, `198.51.100.7, ${client}, 10.0.0.2`, 2)).toBe(client);
  });

  test("fewer entries than hops: the farthest there is, all of it written by proxies of ours", () => {
    expect(clientAddress(proxy, client, 3)).toBe(client);
    expect(clientAddress(proxy, undefined, 3)).toBe(proxy);
  });

  test("an entry that is no address falls back to the nearest trusted one", () => {
    expect(clientAddress(proxy, "198.51.100.7, unknown", 1)).toBe(proxy);
    expect(clientAddress(proxy, "198.51.100.7, _secret, 10.0.0.2", 2)).toBe("10.0.0.2");
    expect(clientAddress(proxy, "", 1)).toBe(proxy);
    expect(clientAddress(proxy, ",,,", 1)).toBe(proxy);
  });

  test("an entry may carry the port that some proxies add", () => {
    expect(clientAddress(proxy, `${client}:49152`, 1)).toBe(client);
    expect(clientAddress(proxy, "[2001:DB8::9]:49152", 1)).toBe("2001:db8::9");
  });
});

test("nothing a client puts before the trusted entries changes the result", () => {
  const junk = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(fc.array(junk), fc.integer({ min: 0, max: 4 }), (claimed, hops) => {
      const trusted = Array.from({ length: hops }, (_, index) => (index === 0 ? client : `10.0.0.${index + 1}`));
      const socket = hops === 0 ? client : proxy;
      expect(clientAddress(socket, [...claimed, ...trusted].join(","), hops)).toBe(client);
    }),
  );
});

describe("addressOf", () => {
  test("reads the one address that the server left", () => {
    expect(addressOf(new Headers({ "x-forwarded-for": client }))).toBe(client);
  });

  test("of a list takes the nearest, and without the header none", () => {
    expect(addressOf(new Headers({ "x-forwarded-for": `198.51.100.7, ${client}` }))).toBe(client);
    expect(addressOf(new Headers())).toBe(unknownAddress);
    expect(addressOf(new Headers({ "x-forwarded-for": "<script>" }))).toBe(unknownAddress);
  });
});

test("limits count IPv6 clients by /64, since one subscriber chooses freely within it", () => {
  expect(limitedNetwork("2001:db8:1:2:aaaa::1")).toBe(limitedNetwork("2001:db8:1:2:bbbb::2"));
  expect(limitedNetwork("2001:db8:1:2::1")).not.toBe(limitedNetwork("2001:db8:1:3::1"));
  expect(limitedNetwork("192.0.2.1")).not.toBe(limitedNetwork("192.0.2.2"));
  expect(limitedNetwork(unknownAddress)).toBe(unknownAddress);
});

test("logs hold a /24 or a /48", () => {
  expect(loggedNetwork("192.0.2.77")).toBe("192.0.2.0/24");
  expect(loggedNetwork("2001:db8:1:2::1")).toBe("2001:db8:1::/48");
  expect(loggedNetwork(unknownAddress)).toBe(unknownAddress);
});
