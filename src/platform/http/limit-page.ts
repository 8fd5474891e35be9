import { headers } from "next/headers";
import { anonymous } from "#platform/auth/principal.ts";
import type { LimitName } from "#platform/security/limits.ts";
import { addressOf } from "./client-address.ts";
import { LimitReached, takeFromLimit } from "./limit.ts";

/** Counts a page that does a route's work against that route's limit, by the client's address. Throws RATE_LIMITED. */
export async function limitPage(name: LimitName): Promise<void> {
  const quota = await takeFromLimit(name, anonymous, addressOf(await headers()));
  if (quota && !quota.decision.allowed) throw new LimitReached(quota);
}
