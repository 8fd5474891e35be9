import { StateDot } from "#ui/state-dot.tsx";
import type { SourceNote } from "#domains/grid/series/series-schema.ts";
import { sourceWords } from "./source-words.ts";

const dots = { "on-time": "ok", late: "degraded", "not-answering": "down", ended: "off", off: "off", sample: "off" } as const;

/** A shape for each state of a source, to stand beside its word. */
export function SourceDot({ state }: Pick<SourceNote, "state">) {
  return <StateDot state={dots[state]} />;
}

/** The state of a source as shape and word. */
export function SourceStateLine({ source, now }: { source: Pick<SourceNote, "state" | "dataUntil" | "cadenceMinutes">; now: Date }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <SourceDot state={source.state} />
      {sourceWords(source, now)}
    </span>
  );
}
