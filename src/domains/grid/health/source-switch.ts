import { AppError } from "#lib/errors.ts";
import type { Admin } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { enqueue } from "#platform/queue/queue.ts";
import { ingestJob } from "#domains/grid/jobs.ts";
import { noteOf } from "./source-notes.ts";
import { listSourceStates, lockSwitches, switchSource, type SourceState } from "./source-queries.ts";
import type { SourceChange, SwitchedSource } from "./source-switch-schema.ts";
import { obstacleOf, sourceSays } from "./source-words.ts";
import { findSource, sources } from "#domains/grid/sources/registry.ts";
import type { Source } from "#domains/grid/sources/source.ts";
import { forgetStreams } from "#domains/grid/streams/stream-manifest.ts";

/** Every source and what switches it. */
export async function listSwitches(admin: Admin): Promise<SwitchedSource[]> {
  const states = await db.as(admin, listSourceStates);
  return sources.map((source) => switchedSource(source, states.find((state) => state.source === source.id) ?? null));
}

/** Switches a source on or off for good, or with null leaves it to its own check again. Throws NOT_FOUND. */
export async function changeSource(admin: Admin, id: string, { enabled }: SourceChange): Promise<SwitchedSource> {
  const source = getSource(id);
  const changed = await db.as(admin, async (tx) => {
    await lockSwitches(tx);
    const stateOf = async () => (await listSourceStates(tx)).find((state) => state.source === id) ?? null;
    const shown = (state: SourceState | null) => ({ enabled: state?.enabled ?? false, switchedBy: state?.decided === true ? "admin" : "check" });
    const before = await stateOf();
    await switchSource(tx, id, enabled);
    const after = await stateOf();
    await audit(tx, "source.switched", id, { before: shown(before), after: shown(after) });
    return switchedSource(source, after);
  });
  forgetStreams();
  return changed;
}

/** Asks for a run of a source as soon as a worker is free, whether it is on or not. Throws NOT_FOUND, CONFLICT where it can't be asked. */
export async function runSource(admin: Admin, id: string): Promise<{ jobId: string }> {
  const source = getSource(id);
  const obstacle = obstacleOf(source);
  if (obstacle !== null) throw new AppError("CONFLICT", { detail: obstacle });
  return db.as(admin, async (tx) => {
    const jobId = await enqueue(tx, ingestJob, { source: id }, { key: id });
    await audit(tx, "source.run_asked", id);
    return { jobId };
  });
}

function getSource(id: string): Source {
  const source = findSource(id);
  if (!source) throw new AppError("NOT_FOUND", { detail: `There is no source ${JSON.stringify(id.slice(0, 60))}. GET /api/admin/sources lists them.` });
  return source;
}

function switchedSource(source: Source, state: SourceState | null): SwitchedSource {
  const now = new Date();
  const { id, name, publisher, cadenceMinutes, state: shown, dataUntil } = noteOf(source, state, now);
  const at = (date: Date | null | undefined) => date?.toISOString() ?? null;
  return {
    id, name, publisher, cadenceMinutes, state: shown, dataUntil, enabled: state?.enabled ?? false, switchedBy: state?.decided === true ? "admin" : "check",
    checkedAt: at(state?.checkedAt), lastRunAt: at(state?.lastRunAt), lastSuccessAt: at(state?.lastSuccessAt), failures: state?.failures ?? 0,
    says: sourceSays(source, state, now), obstacle: obstacleOf(source),
  };
}
