import type { FieldError } from "#lib/errors.ts";
import type { HelpContent } from "#domains/help/edit-schema.ts";
import type { HelpTopic } from "#domains/help/schema.ts";
import { helpTopics } from "#domains/help/topics.ts";

/** An entry's text as the fields of its form hold it. */
export interface EntryDraft {
  title: string;
  short: string;
  topic: HelpTopic;
  language: "en" | "fr";
  translates: string;
  /** Joined by commas. */
  tags: string;
  /** One a line. */
  questions: string;
  sources: { title: string; url: string }[];
  body: string;
}

export const emptyDraft: EntryDraft = { title: "", short: "", topic: helpTopics[0], language: "en", translates: "", tags: "", questions: "", sources: [], body: "" };

export function toDraft({ title, short, topic, language, translates = "", tags, questions, sources, body }: HelpContent): EntryDraft {
  return { title, short, topic, language, translates, tags: tags.join(", "), questions: questions.join("\n"), sources, body };
}

/** What is sent: the server checks it. Empty lines and rows mean nothing. */
export function toContent({ title, short, topic, language, translates, tags, questions, sources, body }: EntryDraft): HelpContent {
  const parts = (text: string, separator: RegExp) => text.split(separator).map((part) => part.trim()).filter((part) => part !== "");
  return {
    title, short, topic, language, body,
    tags: [...new Set(parts(tags, /,/))],
    questions: parts(questions, /\r?\n/),
    sources: sources.map((source) => ({ title: source.title.trim(), url: source.url.trim() })).filter((source) => source.title !== "" || source.url !== ""),
    ...(translates.trim() === "" ? {} : { translates: translates.trim() }),
  };
}

/** True when two drafts would be stored as the same text. */
export function isSameDraft(a: EntryDraft, b: EntryDraft): boolean {
  const stored = (draft: EntryDraft) => {
    const { title, short, body, ...rest } = toContent(draft);
    return JSON.stringify([title.trim(), short.trim(), body.trim(), ...Object.entries(rest).sort().flat()]);
  };
  return stored(a) === stored(b);
}

/** What the server found wrong, by the field that shows it; "" for what no field shows. */
export function errorsByField(errors: FieldError[] | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { path, message } of errors ?? []) {
    const [root, name = "", place, ...rest] = path.split(".");
    const field = root !== "content" ? (root ?? "") : name === "sources" && rest.length > 0 ? `sources.${place}.${rest.join(".")}` : name;
    const said = place !== undefined && /^\d+$/.test(place) && name !== "sources" ? `Number ${Number(place) + 1}: ${message}` : message;
    if (!found.has(field)) found.set(field, said);
  }
  return found;
}
