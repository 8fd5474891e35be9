import type { Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { publicError } from "./public-error.ts";
import type { GridSource, GridSources } from "./source-list-schema.ts";
import { noteOf } from "./source-notes.ts";
import { listSourceStates } from "./source-queries.ts";
import { hoursOf, hoursShown } from "./source-runs.ts";
import { countRunsByHour } from "./source-run-queries.ts";
import { sources } from "#domains/grid/sources/registry.ts";

/** Every source there is, in the order of the page of sources: what it publishes, and how reading it goes. */
export async function listSources(principal: Principal, now = new Date()): Promise<GridSources> {
  const { states, counted } = await db.as(principal, async (tx) => ({ states: await listSourceStates(tx), counted: await countRunsByHour(tx, now, hoursShown) }));
  const hours = hoursOf(counted);
  return {
    at: now.toISOString(),
    sources: sources.map((source): GridSource => {
      const state = states.find((each) => each.source === source.id) ?? null;
      return {
        ...noteOf(source, state, now),
        zone: source.zone, endedAt: source.endedAt?.toISOString() ?? null, rules: source.rules,
        enabled: state?.enabled ?? false, checkedAt: state?.checkedAt?.toISOString() ?? null, lastRunAt: state?.lastRunAt?.toISOString() ?? null,
        failures: state?.failures ?? 0, lastError: state?.lastError == null ? null : publicError(state.lastError), hours: hours[source.id] ?? [],
      };
    }),
  };
}
