import { diffArrays, diffWordsWithSpace } from "diff";
import type { HelpContent } from "#domains/help/edit-schema.ts";

/** Part of a line; `changed` where the other text says something else. */
export interface DiffSpan {
  text: string;
  changed: boolean;
}

export type DiffRow = { kind: "same" | "removed" | "added"; spans: DiffSpan[] } | { kind: "gap"; lines: number };

export interface FieldDiff {
  field: string;
  rows: DiffRow[];
}

/** Unchanged lines shown around a change. */
const context = 2;
/** Beyond it, texts count as wholly different: comparing is quadratic. */
const limits = { timeout: 500 };

const labels: Record<keyof HelpContent, string> = {
  title: "Title", short: "Short text", topic: "Topic", language: "Language", translates: "Translates", tags: "Tags", questions: "Questions", sources: "Sources", body: "Text",
};

/** What changed between two texts of an entry, by field; empty when nothing did. */
export function diffContents(before: HelpContent, after: HelpContent): FieldDiff[] {
  return (Object.keys(labels) as (keyof HelpContent)[]).flatMap((name) => {
    const [old, now] = [linesOf(before, name), linesOf(after, name)];
    return old.join("\n") === now.join("\n") ? [] : [{ field: labels[name], rows: diffLines(old, now) }];
  });
}

function linesOf(content: HelpContent, name: keyof HelpContent): string[] {
  if (name === "sources") return content.sources.map(({ title, url }) => `${title} (${url})`);
  const value = content[name] ?? [];
  return typeof value === "string" ? value.split("\n") : value;
}

/** Lines of two texts side by side in one column: removed ones above those that took their place, long unchanged stretches left out. */
export function diffLines(before: string[], after: string[]): DiffRow[] {
  const parts = diffArrays(before, after, limits) ?? [{ removed: true, added: false, value: before }, { removed: false, added: true, value: after }];
  const rows: DiffRow[] = [];
  parts.forEach((part, index) => {
    const next = parts[index + 1];
    const previous = parts[index - 1];
    if (part.removed) rows.push(...changedRows("removed", part.value, next?.added ? next.value : []));
    else if (part.added) rows.push(...changedRows("added", part.value, previous?.removed ? previous.value : []));
    else rows.push(...quiet(part.value, index === 0, index === parts.length - 1));
  });
  return rows;
}

/** A changed stretch; its lines are compared word by word with those they stand against when there are as many. */
function changedRows(kind: "removed" | "added", lines: string[], others: string[]): DiffRow[] {
  return lines.map((line, index) => {
    const other = others[index];
    return { kind, spans: other === undefined || lines.length !== others.length ? [{ text: line, changed: false }] : diffWords(line, other) };
  });
}

/** A line's words, those that the other line doesn't have marked; none is when the lines have little in common. */
function diffWords(line: string, other: string): DiffSpan[] {
  const parts = diffWordsWithSpace(line, other, limits) ?? [];
  const spans = parts.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, changed: removed }));
  const kept = spans.reduce((sum, { text, changed }) => sum + (changed ? 0 : text.trim().length), 0);
  return spans.length > 0 && kept * 3 >= line.length ? spans : [{ text: line, changed: false }];
}

function quiet(lines: string[], first: boolean, last: boolean): DiffRow[] {
  const same = (shown: string[]): DiffRow[] => shown.map((text) => ({ kind: "same", spans: [{ text, changed: false }] }));
  const head = first ? 0 : context;
  const tail = last ? 0 : context;
  if (lines.length <= head + tail + 1) return same(lines);
  return [...same(lines.slice(0, head)), { kind: "gap", lines: lines.length - head - tail }, ...same(lines.slice(lines.length - tail))];
}
