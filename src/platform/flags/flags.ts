import { createHash } from "node:crypto";
import { isAppError } from "#lib/errors.ts";
import { processWide } from "#lib/process-wide.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { listFlagStates, type FlagState } from "./queries.ts";

/** What can be switched while the application runs, and what switching it off does. */
export const flags = {
  "sign-up": "People can create accounts. Off: only invitations lead to one.",
  "model-calls": "Language models are asked. Off: nothing is sent to any, and what needs none is still answered.",
  "generated-answers": "A configured model writes answers. Off: answers are quoted from the sources, and charts are told in computed sentences.",
} as const satisfies Record<string, string>;
export type FlagKey = keyof typeof flags;
export const flagKeys = Object.keys(flags) as [FlagKey, ...FlagKey[]];

/** A switch reaches other processes within this time, and the one it was made in at once. */
const lifetimeMs = 1_000;
interface Loaded {
  states: Map<string, FlagState>;
  until: number;
}
const holder = processWide<{ loaded: Loaded | undefined; loading: Promise<Loaded> | undefined }>("flags", () => ({ loaded: undefined, loading: undefined }));

/**
 * Whether a flag is on for a subject (a user's or organisation's id, an address): the same answer each time while the
 * share stays, and on for whom it was on when the share grows. On unless it was switched; the database being away changes
 * nothing about that.
 */
export async function isEnabled(key: FlagKey, subject: string): Promise<boolean> {
  const state = (await load()).get(key);
  if (!state) return true;
  return state.enabled && bucketOf(key, subject) < state.rolloutPercent;
}

/** Forgets what was read: to be called when a flag changes. */
export function forgetFlags(): void {
  Object.assign(holder, { loaded: undefined, loading: undefined });
}

/** A number from 0 to 99 that a subject has for a flag: the first 32 bits of a hash. */
export function bucketOf(key: string, subject: string): number {
  return createHash("sha256").update(`${key}\n${subject}`).digest().readUInt32BE(0) % 100;
}

/** What was read within the last second; of those who find it older, one reads for all. */
async function load(): Promise<Map<string, FlagState>> {
  if (holder.loaded && holder.loaded.until > Date.now()) return holder.loaded.states;
  const loading = (holder.loading ??= read());
  const isCurrent = () => holder.loading === loading;
  try {
    const read = await loading;
    // What was asked for before somebody switched a flag is forgotten with the rest.
    if (isCurrent()) holder.loaded = read;
    return read.states;
  } finally {
    if (isCurrent()) holder.loading = undefined;
  }
}

/** The flags now; while the database is away those that were read before, which are asked for again at the next use. */
async function read(): Promise<Loaded> {
  const { loaded } = holder;
  try {
    return { states: await db.as(system("flags"), listFlagStates), until: Date.now() + lifetimeMs };
  } catch (error) {
    if (!isAppError(error) || error.code !== "DATABASE_UNAVAILABLE") throw error;
    return { states: loaded?.states ?? new Map<string, FlagState>(), until: 0 };
  }
}
