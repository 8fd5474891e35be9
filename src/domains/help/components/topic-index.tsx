import Link from "next/link";
import type { HelpSummary } from "#domains/help/schema.ts";
import { groupByTopic, topicAnchor } from "#domains/help/components/topics.ts";

/** Every entry under its topic, each with its sentence. */
export function TopicIndex({ entries }: { entries: HelpSummary[] }) {
  return groupByTopic(entries).map(({ topic, entries: all }) => (
    <section key={topic} aria-labelledby={topicAnchor(topic)} className="border-t py-5">
      <h2 id={topicAnchor(topic)} className="text-16 leading-6">
        {topic}
      </h2>
      <ul className="mt-2 grid gap-x-8 gap-y-1 md:grid-cols-2">
        {all.map((entry) => (
          <EntryItem key={entry.id} {...entry} />
        ))}
      </ul>
    </section>
  ));
}

function EntryItem({ id, title, short }: Pick<HelpSummary, "id" | "title" | "short">) {
  return (
    <li className="py-2">
      <Link href={`/help/${id}`} prefetch={false} className="inline-flex min-h-6 items-center font-strong max-md:min-h-11 max-md:min-w-11">
        {title}
      </Link>
      <p className="max-w-measure text-13 text-muted">{short}</p>
    </li>
  );
}
