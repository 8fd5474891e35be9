import ArrowRight from "lucide-react/icons/arrow-right";
import Link from "next/link";
import { askHref } from "#domains/assistant/components/ask-href.ts";

/** Questions that the help content answers, to start with. */
export const exampleQuestions = [
  "Why can the Ontario price go below zero?",
  "What does “hour ending 17” mean?",
  "Which way round is the sign of an intertie flow?",
];

export function ExampleQuestions() {
  return (
    <ul className="rows">
      {exampleQuestions.map((question) => (
        <li key={question}>
          <Link href={askHref(question)} prefetch={false}>
            {question}
            <ArrowRight className="text-muted" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
