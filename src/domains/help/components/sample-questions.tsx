import Link from "next/link";
import type { HelpEntry } from "#domains/help/schema.ts";

/** Questions that the entry answers, to be asked by a click. */
export function SampleQuestions({ questions, language }: Pick<HelpEntry, "questions" | "language">) {
  if (questions.length === 0) return null;
  return (
    <ul lang={language} className="mb-3 text-14">
      {questions.map((question) => (
        <li key={question}>
          <Link
            href={`/ask?q=${encodeURIComponent(question)}`}
            prefetch={false}
            className="inline-flex min-h-6 items-center max-md:min-h-11"
          >
            {question}
          </Link>
        </li>
      ))}
    </ul>
  );
}
