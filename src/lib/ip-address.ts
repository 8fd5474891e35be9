import { isIP, isIPv4 } from "node:net";

/**
 * The one spelling of an IP address: lower case, zeros compressed (RFC 5952), no zone id, an IPv4-mapped IPv6 address
 * as IPv4. Accepts the forms proxies write, `1.2.3.4:5678` and `[2001:db8::1]:443`, without their port.
 * Null when the text is no IP address.
 */
export function normalizeIp(text: string): string | null {
  const address = withoutPort(text.trim()).replace(/%.*$/, "");
  switch (isIP(address)) {
    case 4:
      return address;
    case 6:
      return unmapped(new URL(`http://[${address}]`).hostname.slice(1, -1));
    default:
      return null;
  }
}

/**
 * The network that holds an address, as CIDR text; `bits` for IPv4 is 8, 16, 24 or 32, for IPv6 a multiple of 16.
 * The address must be one that normalizeIp returned.
 */
export function networkOf(address: string, bits: { v4: number; v6: number }): string {
  if (isIPv4(address)) {
    const octets = address.split(".").map((octet, index) => (index * 8 < bits.v4 ? octet : "0"));
    return `${octets.join(".")}/${bits.v4}`;
  }
  const groups = expand(address).slice(0, bits.v6 / 16);
  return bits.v6 === 128 ? `${address}/128` : `${groups.join(":")}::/${bits.v6}`;
}

function withoutPort(text: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;
}

function unmapped(address: string): string {
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address);
  if (!mapped?.[1] || !mapped[2]) return address;
  const [high, low] = [Number.parseInt(mapped[1], 16), Number.parseInt(mapped[2], 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** The eight groups of a canonical IPv6 address, without leading zeros. */
function expand(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const before = head === "" ? [] : head.split(":");
  if (tail === undefined) return before;
  const after = tail === "" ? [] : tail.split(":");
  return [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
}
