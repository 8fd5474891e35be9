import { networkOf, normalizeIp } from "#lib/ip-address.ts";

/** Stands for a client whose address can't be known, such as one on a closed socket. All of them share one limit. */
export const unknownAddress = "unknown";

/**
 * The client's address, from the socket and from `X-Forwarded-For` as far as it can be believed.
 *
 * Every proxy appends the address of its own peer, so `[...X-Forwarded-For, socket]` lists the way to the client from
 * right to left. With 0 hops the client is the socket, whatever the header says; with n hops it is the entry n places
 * left of the socket, the last one that a trusted proxy wrote. Anything further left is the client's own claim. Where
 * that entry is missing or no IP address, the nearest one to its right counts: stricter for whoever is behind it, never
 * a free choice.
 */
export function clientAddress(
  socketAddress: string | undefined,
  xForwardedFor: string | undefined,
  trustedHops: number,
): string {
  const forwarded = xForwardedFor === undefined ? [] : xForwardedFor.split(",");
  const believed = [...forwarded, socketAddress ?? ""].slice(-(trustedHops + 1));
  for (const entry of believed) {
    const address = normalizeIp(entry);
    if (address) return address;
  }
  return unknownAddress;
}

/**
 * The address that ownRequestHeaders (or the platform's edge) left in `x-forwarded-for`. Of a list, which neither of
 * them leaves, the nearest entry counts.
 */
export function addressOf(headers: Headers): string {
  return clientAddress(headers.get("x-forwarded-for")?.split(",").at(-1), undefined, 0);
}

/** What a limit counts by: an IPv4 address, or the /64 that one IPv6 subscriber can choose addresses from. */
export function limitedNetwork(address: string): string {
  return address === unknownAddress ? address : networkOf(address, { v4: 32, v6: 64 });
}

/** What may be logged of an address: its /24 or /48, which names a region and a provider but no household. */
export function loggedNetwork(address: string): string {
  return address === unknownAddress ? address : networkOf(address, { v4: 24, v6: 48 });
}
