import BookOpen from "lucide-react/icons/book-open";
import MessageCircleQuestionMark from "lucide-react/icons/message-circle-question-mark";
import type { ReactNode } from "react";
import { askHref } from "#domains/assistant/components/ask-href.ts";
import type { ManifestState } from "#domains/help/components/use-manifest.ts";
import type { HelpSummary } from "#domains/help/index.ts";
import { find, looksLikeQuestion } from "#app/palette/palette-search.ts";
import type { PalettePage } from "#app/palette/palette-page.ts";

interface Choice {
  /** Stays the same while the query changes. */
  id: string;
  href: string;
  label: string;
  icon: ReactNode;
  note?: string;
}

export interface Section {
  heading: string;
  choices: Choice[];
}

export const entriesShown = 8;

/** Help entries that the query finds, best first. */
export function entriesOf(manifest: ManifestState, query: string): HelpSummary[] {
  if (manifest.step !== "ready") return [];
  return find(manifest.manifest.entries.map((entry) => ({ ...entry, label: entry.title, keywords: [...entry.tags, entry.short] })), query);
}

/** What the palette lists: pages, help entries and the question itself, which comes first when it reads like one. */
export function sections(pages: PalettePage[], entries: HelpSummary[], query: string): Section[] {
  const question = query.trim();
  const places: Section[] = [{ heading: "Pages", choices: find(pages, query).map((page) => ({ ...page, id: page.href })) }];
  if (question === "") return places;
  places.push({ heading: "Help", choices: entries.slice(0, entriesShown).map(toChoice) });
  const asking: Section = {
    heading: "Ask",
    choices: [{ id: "ask", href: askHref(question), label: `Ask “${question}”`, icon: <MessageCircleQuestionMark /> }],
  };
  const all = looksLikeQuestion(query) ? [asking, ...places] : [...places, asking];
  return all.filter(({ choices }) => choices.length > 0);
}

function toChoice({ id, title, topic }: HelpSummary): Choice {
  const href = `/help/${id}`;
  return { id: href, href, label: title, icon: <BookOpen />, note: topic };
}
