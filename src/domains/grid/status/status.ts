import { anonymous } from "#platform/auth/principal.ts";
import { database } from "#platform/db/database.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { chooseOf, statusOf } from "./region-status.ts";
import { sampleNote } from "#domains/grid/sample/sample.ts";
import { sampleStatus } from "#domains/grid/sample/sample-status.ts";
import { regions, weatherMetrics, type Metric } from "#domains/grid/schema.ts";
import { noteOf } from "#domains/grid/health/source-notes.ts";
import { listSourceStates } from "#domains/grid/health/source-queries.ts";
import { sources } from "#domains/grid/sources/registry.ts";
import * as queries from "./status-queries.ts";
import type { GridStatus, RegionStatus } from "./status-schema.ts";

const minuteMs = 60_000;
/** What is older tells nothing of now. */
const oldestMs = 7 * 24 * 60 * minuteMs;
const told: readonly Metric[] = ["demand", "internal-load", "generation", "generation-total", "price", "net-interchange", "intertie-flow", "scheduled-interchange"];

/** The newest status, by what it was made of: other requests of the same minute have the same. */
const newest = new WeakMap<object, { version: string; status: Promise<GridStatus> }>();

/** The version of the status that is to be answered now: it changes with the data, how sources do, and the minute. */
export async function gridStatusVersion(now = new Date()): Promise<string> {
  return `${await db.as(anonymous, queries.findStatusVersion)} ${Math.floor(now.getTime() / minuteMs)}`;
}

/**
 * How every region does that there are numbers of: from its sources, or by the sample while none of them has answered yet.
 * In a fixed number of statements.
 */
export async function getGridStatus(now = new Date()): Promise<GridStatus> {
  const version = await gridStatusVersion(now);
  const owner = await database();
  const known = newest.get(owner);
  if (known?.version === version) return known.status;
  const status = loadStatus(now);
  newest.set(owner, { version, status });
  // One that failed is tried again by the next request.
  status.catch(() => newest.delete(owner));
  return status;
}

async function loadStatus(now: Date): Promise<GridStatus> {
  const { answered, chosen, windows, states } = await db.as(anonymous, async (tx) => {
    const answered = await queries.listAnsweredRegions(tx, weatherMetrics);
    const rows = await queries.listNewest(tx, told, new Date(now.getTime() - oldestMs), now);
    const chosen = answered.map((region) => chooseOf(region, rows));
    return { answered, chosen, windows: await queries.listWindows(tx, chosen.flatMap((each) => each.windows)), states: await listSourceStates(tx) };
  });
  const list = regions.flatMap((region): RegionStatus[] => {
    if (!answered.includes(region)) {
      const sample = sampleStatus(region, now);
      return sample ? [sample] : [];
    }
    const own = chosen.find((each) => each.region === region);
    return own ? [statusOf(own, windows)] : [];
  });
  const used = new Set(list.flatMap(({ demand, mix, price, netExport }) => [demand, mix, price, netExport].flatMap((each) => each?.source ?? [])));
  const notes = sources.filter(({ id }) => used.has(id)).map((source) => noteOf(source, states.find((state) => state.source === source.id) ?? null, now));
  return { at: now.toISOString(), regions: list, sources: list.some(({ sample }) => sample) ? [...notes, sampleNote(now)] : notes };
}
