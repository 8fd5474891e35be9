import Link from "next/link";
import { cx } from "#ui/class-names.ts";
import type { HelpSummary } from "#domains/help/schema.ts";
import { groupByTopic, topicAnchor } from "#domains/help/components/topics.ts";

const shownPerTopic = 5;
const shownOnPhones = 3;

/** The help index in short: the first entries of each topic. */
export function TopicColumns({ entries }: { entries: HelpSummary[] }) {
  return (
    <div className="mt-3 grid gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
      {groupByTopic(entries).map(({ topic, entries: all }) => (
        <section key={topic} aria-labelledby={`topic-${topicAnchor(topic)}`}>
          <h3 id={`topic-${topicAnchor(topic)}`} className="text-13 text-muted">
            {topic}
          </h3>
          <ul className="rows mt-1 max-sm:[&>li:nth-child(n+4)]:hidden">
            {all.slice(0, shownPerTopic).map(({ id, title }) => (
              <li key={id}>
                <Link href={`/help/${id}`} prefetch={false}>
                  {title}
                </Link>
              </li>
            ))}
          </ul>
          {all.length > shownOnPhones && (
            <Link
              href={`/help#${topicAnchor(topic)}`}
              prefetch={false}
              className={cx("inline-flex min-h-8 items-center text-13 max-md:min-h-11 max-md:min-w-11", all.length <= shownPerTopic && "sm:hidden")}
            >
              All {all.length}
              <span className="sr-only"> entries of {topic}</span>
            </Link>
          )}
        </section>
      ))}
    </div>
  );
}
