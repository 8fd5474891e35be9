import { createHmac } from "node:crypto";
import { availableParallelism } from "node:os";
import bcrypt from "bcrypt";
import { bulkhead, isBulkheadRejectedError } from "cockatiel";
import { AppError } from "#lib/errors.ts";
import { processWide } from "#lib/process-wide.ts";
import { appSecrets } from "./app-secrets.ts";

const cost = 12;

/**
 * A hash takes a quarter of a second of one core, on one of libuv's four threads: one core and one thread are always left to
 * the rest of the process.
 */
export const passwordTurns = { atOnce: Math.min(3, Math.max(1, availableParallelism() - 1)), waiting: 8 };
const turns = processWide("password-turns", () => bulkhead(passwordTurns.atOnce, passwordTurns.waiting));

/** Of a password nobody has: compared with where there is no user, so that an answer takes as long. */
const nobodysHash = "$2b$12$Baim3xqxXlwQIUV0F.N0VeK84uj53VMxMQX3q4t0MSJ9zAuCLmq2i";

/** The hash to store of a password. Of bcrypt's 72 bytes none is left to length or characters of the password. */
export async function hashPassword(password: string): Promise<string> {
  const input = await peppered(password);
  return inPasswordTurn(() => bcrypt.hash(input, cost));
}

/**
 * Whether it is the password of that hash. Takes as long for a hash that is null, where there is no user.
 * Throws RATE_LIMITED when too many wait already.
 */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  return (await proveByPassword(password, () => Promise.resolve(hash === null ? null : { passwordHash: hash }))).proved;
}

/**
 * The same for somebody who is looked up only once it is their turn: of a burst, who has to come again costs nothing but
 * the answer. Answers who was found too.
 */
export async function proveByPassword<Known extends { passwordHash: string }>(password: string, find: () => Promise<Known | null>): Promise<{ known: Known | null; proved: boolean }> {
  const input = await peppered(password);
  return inPasswordTurn(async () => {
    const known = await find();
    const equal = await bcrypt.compare(input, known?.passwordHash ?? nobodysHash);
    return { known, proved: equal && known !== null };
  });
}

async function peppered(password: string): Promise<string> {
  const { pepper } = await appSecrets();
  return createHmac("sha256", pepper).update(password.normalize("NFKC")).digest("base64");
}

/**
 * Runs work that hashes a password when it is its turn. Throws RATE_LIMITED when too many wait already, and what the work
 * throws.
 */
export async function inPasswordTurn<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await turns.execute(work);
  } catch (error) {
    // By its mark, not its class: the queue may have been made by another bundle's copy of the library.
    if (!isBulkheadRejectedError(error)) throw error;
    throw new AppError("RATE_LIMITED", { detail: "Too many people are signing in at this moment. Try again in a few seconds.", retryAfterSeconds: 3, cause: error });
  }
}
