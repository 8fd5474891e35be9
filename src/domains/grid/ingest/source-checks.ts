import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { ingest } from "./ingest.ts";
import { nextCheckAt } from "./schedule.ts";
import * as queries from "#domains/grid/health/source-queries.ts";
import { obstacleOf } from "#domains/grid/health/source-words.ts";
import { sources as allSources } from "#domains/grid/sources/registry.ts";
import type { Source } from "#domains/grid/sources/source.ts";

const checker = system("grid.check");

export interface Checked {
  /** Sources that were asked. */
  asked: string[];
  /** Those that are on since. */
  passed: string[];
  /** Servers that couldn't be reached: their other sources weren't asked. */
  unreachable: string[];
}

/** The sources that are off, undecided and due for another try; with `all` those that aren't due yet as well. */
export function dueChecks(sources: readonly Source[], states: ReadonlyMap<string, queries.SourceState>, now: Date, all = false): Source[] {
  return sources.filter((source) => {
    const at = nextCheckAt(source, states.get(source.id) ?? null);
    return at !== null && (all || at <= now) && obstacleOf(source) === null;
  });
}

/**
 * Tries sources that are off, one after the other: each whose newest documents are understood comes on. Of a server that
 * can't be reached one source is asked, briefly, and the others are counted as tried: a network that is away costs little.
 */
export async function checkSources({ all = false, signal, sources = allSources }: { all?: boolean; signal: AbortSignal; sources?: readonly Source[] }): Promise<Checked> {
  const states = new Map((await db.as(checker, queries.listSourceStates)).map((state) => [state.source, state]));
  const checked: Checked = { asked: [], passed: [], unreachable: [] };
  const skipped: Source[] = [];
  for (const source of dueChecks(sources, states, new Date(), all)) {
    if (signal.aborted) break;
    const [document] = source.documents();
    if (!document) continue;
    const host = URL.canParse(document.url) ? new URL(document.url).host : document.url;
    if (checked.unreachable.includes(host)) {
      skipped.push(source);
      continue;
    }
    checked.asked.push(source.id);
    const { outcome, documents, missing, unreachable } = await ingest(source, { cause: "check", patient: false, signal });
    if (unreachable) checked.unreachable.push(host);
    if ((outcome === "ok" || outcome === "unchanged") && documents > missing) checked.passed.push(source.id);
  }
  if (skipped.length > 0) await db.as(checker, (tx) => queries.noteUnreachable(tx, skipped.map(({ id }) => id), "Its server can't be reached."));
  return checked;
}
