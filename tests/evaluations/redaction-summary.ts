/** How well redaction finds what is marked in labelled texts. */
import { findClaims } from "#platform/security/redaction/claims.ts";
import { redactionKinds, type RedactionKind } from "#platform/security/redaction/kinds.ts";
import type { MarkedText } from "./marked-texts.ts";
import { share } from "./metrics.ts";

export interface KindFigures {
  marked: number;
  /** Marked values that a span of their kind covers. */
  found: number;
  /** Spans of the kind. */
  claimed: number;
  /** Spans of the kind that overlap a marked value of it. */
  right: number;
}

export interface Mistake {
  id: string;
  text: string;
  missed: string[];
  wrong: string[];
}

export interface RedactionFigures {
  texts: number;
  kinds: Map<RedactionKind, KindFigures>;
  clean: number;
  /** Clean texts of which something was replaced. */
  altered: number;
  mistakes: Mistake[];
}

/** Runs the detectors over labelled texts. */
export function measureRedaction(texts: readonly MarkedText[]): RedactionFigures {
  const kinds = new Map(redactionKinds.map((kind) => [kind, { marked: 0, found: 0, claimed: 0, right: 0 }]));
  const clean = texts.filter(({ values }) => values.length === 0);
  const figures: RedactionFigures = { texts: texts.length, kinds, clean: clean.length, altered: 0, mistakes: [] };
  for (const { id, text, values } of texts) {
    const claims = findClaims(text);
    const missed = values.filter(({ kind, start, end }) => !claims.some((claim) => claim.kind === kind && claim.start <= start && claim.end >= end));
    const wrong = claims.filter((claim) => !values.some(({ kind, start, end }) => claim.kind === kind && claim.start < end && claim.end > start));
    for (const [kind, counts] of kinds) {
      const of = (all: readonly { kind: RedactionKind }[]) => all.filter((one) => one.kind === kind).length;
      counts.marked += of(values);
      counts.found += of(values) - of(missed);
      counts.claimed += of(claims);
      counts.right += of(claims) - of(wrong);
    }
    if (values.length === 0 && claims.length > 0) figures.altered += 1;
    if (missed.length + wrong.length > 0) {
      const named = ({ kind, start, end }: { kind: RedactionKind; start: number; end: number }) => `${kind} ${text.slice(start, end)}`;
      figures.mistakes.push({ id, text, missed: missed.map(named), wrong: wrong.map(named) });
    }
  }
  return figures;
}

/** Share of the marked values that are found, of one kind or of all; null where none is marked. */
export function recallOf({ kinds }: RedactionFigures, kind?: RedactionKind): number | null {
  const counted = countsOf(kinds, kind);
  return share(sum(counted, ({ found }) => found), sum(counted, ({ marked }) => marked));
}

/** Share of the spans that are right; null where there is none. */
export function precisionOf({ kinds }: RedactionFigures, kind?: RedactionKind): number | null {
  const counted = countsOf(kinds, kind);
  return share(sum(counted, ({ right }) => right), sum(counted, ({ claimed }) => claimed));
}

function countsOf(kinds: ReadonlyMap<RedactionKind, KindFigures>, kind?: RedactionKind): KindFigures[] {
  return [...kinds].flatMap(([name, counts]) => (kind === undefined || name === kind ? [counts] : []));
}

function sum(counted: KindFigures[], of: (counts: KindFigures) => number): number {
  return counted.reduce((total, counts) => total + of(counts), 0);
}
