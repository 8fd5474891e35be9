import Link from "next/link";
import type { HelpSummary } from "#domains/help/schema.ts";

/** Leads to the same entry in the other language, in that language. */
export function OtherLanguage({ id, title, language }: Pick<HelpSummary, "id" | "title" | "language">) {
  return (
    <p lang={language} className="mt-2 text-13 text-muted">
      {language === "fr" ? "En français : " : "In English: "}
      <Link href={`/help/${id}`} hrefLang={language} prefetch={false} className="inline-flex min-h-6 items-center max-md:min-h-11">
        {title}
      </Link>
    </p>
  );
}
