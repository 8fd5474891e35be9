import { AppError } from "#lib/errors.ts";
import { processWide } from "#lib/process-wide.ts";

const inAll = 2_000;
const perAddress = 32;
const seats = processWide("grid-stream-seats", () => ({ taken: 0, byNetwork: new Map<string, number>() }));

/**
 * Takes one of the connections that streams may hold in this process, and of those that one network may; answers how to
 * give it back. Throws RATE_LIMITED or UPSTREAM_UNAVAILABLE, with what to do instead.
 */
export function takeSeat(network: string): () => void {
  const own = seats.byNetwork.get(network) ?? 0;
  if (own >= perAddress) {
    throw new AppError("RATE_LIMITED", { detail: `This address has ${perAddress} streams open already. Close one, or follow several streams over one connection: name them joined by commas.`, retryAfterSeconds: 60 });
  }
  if (seats.taken >= inAll) {
    throw new AppError("UPSTREAM_UNAVAILABLE", { detail: "All places for streams are taken at the moment. Try again in a minute, or read the stream's history.", retryAfterSeconds: 60 });
  }
  seats.taken += 1;
  seats.byNetwork.set(network, own + 1);
  let given = false;
  return () => {
    if (given) return;
    given = true;
    seats.taken -= 1;
    const left = (seats.byNetwork.get(network) ?? 1) - 1;
    if (left === 0) seats.byNetwork.delete(network);
    else seats.byNetwork.set(network, left);
  };
}
