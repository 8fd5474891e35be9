import { createSlugger } from "#lib/slug.ts";
import { helpTopics, type HelpSummary, type HelpTopic } from "#domains/help/schema.ts";

interface TopicGroup {
  topic: HelpTopic;
  entries: HelpSummary[];
}

/** Entries by topic, topics in the order of the index, those without an entry left out. */
export function groupByTopic(entries: HelpSummary[]): TopicGroup[] {
  return helpTopics
    .map((topic) => ({ topic, entries: entries.filter((entry) => entry.topic === topic) }))
    .filter((group) => group.entries.length > 0);
}

/** Fragment of a topic in the help index. */
export function topicAnchor(topic: HelpTopic): string {
  return createSlugger()(topic);
}

/** The entries before and after one in its topic. */
export function neighbours(entries: HelpSummary[], id: string): { previous?: HelpSummary | undefined; next?: HelpSummary | undefined } {
  const topic = entries.find((entry) => entry.id === id)?.topic;
  const siblings = entries.filter((entry) => entry.topic === topic);
  const index = siblings.findIndex((entry) => entry.id === id);
  return index < 0 ? {} : { previous: siblings[index - 1], next: siblings[index + 1] };
}
