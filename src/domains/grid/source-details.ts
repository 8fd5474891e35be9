import { AppError } from "#lib/errors.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { noteOf } from "./source-notes.ts";
import { listSourceStates, type SourceState } from "./source-queries.ts";
import type { SourceNote } from "./series-schema.ts";
import { sources } from "./sources/registry.ts";
import type { Source } from "./sources/source.ts";

/** All that is known of a source and of how reading it goes. */
export interface SourceDetail {
  note: SourceNote;
  /** IANA zone that its days are of. */
  zone: string;
  rules: Source["rules"];
  endedAt: Date | null;
  lastRunAt: Date | null;
  /** Attempts in a row that failed, and why the last one did; null while none does. */
  failures: number;
  lastError: string | null;
}

/** Every source, in the order that the page of sources shows them. */
export async function listSourceDetails(principal: Principal, now: Date): Promise<SourceDetail[]> {
  const states = new Map((await db.as(principal, listSourceStates)).map((state) => [state.source, state]));
  return sources.map((source) => detailOf(source, states.get(source.id) ?? null, now));
}

function detailOf(source: Source, state: SourceState | null, now: Date): SourceDetail {
  return {
    note: noteOf(source, state, now), zone: source.zone, rules: source.rules, endedAt: source.endedAt ?? null,
    lastRunAt: state?.lastRunAt ?? null, failures: state?.failures ?? 0, lastError: state?.lastError ?? null,
  };
}

/** One source. Throws NOT_FOUND. */
export async function getSourceDetail(principal: Principal, id: string, now: Date): Promise<SourceDetail> {
  const found = (await listSourceDetails(principal, now)).find(({ note }) => note.id === id);
  if (!found) throw new AppError("NOT_FOUND", { detail: `There is no source "${id}".` });
  return found;
}
