import ArrowRight from "lucide-react/icons/arrow-right";
import Link from "next/link";
import { askHref } from "#domains/assistant/components/ask-href.ts";

/** Questions that the help content answers, to start with. */
const questions = [
  "Why do negative prices occur?",
  "What is hour ending?",
  "What is the difference between Ontario demand and market demand?",
];

export function ExampleQuestions() {
  return (
    <ul className="rows">
      {questions.map((question) => (
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
