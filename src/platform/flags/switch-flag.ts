import type { Admin } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { flagKeys, flags, forgetFlags, type FlagKey } from "./flags.ts";
import { listFlagStates, lockFlags, upsertFlag } from "./queries.ts";
import type { FlagChange, FlagView } from "./schema.ts";

/** Every flag as it stands. */
export function listFlags(admin: Admin): Promise<FlagView[]> {
  return db.as(admin, viewsOf);
}

/** Switches a flag: in this process at once, in others within a second. */
export async function switchFlag(admin: Admin, key: FlagKey, { enabled, rolloutPercent }: FlagChange): Promise<FlagView> {
  const view = await db.as(admin, async (tx) => {
    await lockFlags(tx);
    const before = await viewOf(tx, key);
    await upsertFlag(tx, key, { enabled, rolloutPercent });
    const after = await viewOf(tx, key);
    const state = (flag: FlagView) => ({ enabled: flag.enabled, rolloutPercent: flag.rolloutPercent });
    await audit(tx, "flag.switched", key, { before: state(before), after: state(after) });
    return after;
  });
  forgetFlags();
  return view;
}

async function viewsOf(tx: Tx): Promise<FlagView[]> {
  const states = await listFlagStates(tx);
  return flagKeys.map((key) => {
    const { enabled = true, rolloutPercent = 100, updatedAt } = states.get(key) ?? {};
    return { key, says: flags[key], enabled, rolloutPercent, updatedAt: updatedAt?.toISOString() ?? null };
  });
}

async function viewOf(tx: Tx, key: FlagKey): Promise<FlagView> {
  const view = (await viewsOf(tx)).find((flag) => flag.key === key);
  if (!view) throw new Error(`No flag ${key}`);
  return view;
}
