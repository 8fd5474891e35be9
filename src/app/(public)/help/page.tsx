import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { routes } from "#ui/shell/routes.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { loadManifest } from "#domains/help/components/load-manifest.ts";
import { OriginNotice } from "#domains/help/components/origin-notice.tsx";
import { HelpSearchForm } from "#domains/help/components/search-form.tsx";
import { TagFilter } from "#domains/help/components/tag-filter.tsx";
import { TopicIndex } from "#domains/help/components/topic-index.tsx";
import { SearchSection } from "#app/(public)/help/search-section.tsx";

const { label, helpId } = routes.help;
const queryMaxLength = 200;

interface HelpPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: HelpPageProps): Promise<Metadata> {
  const { query } = readParams(await searchParams);
  return query ? { title: `${query} · ${label}`, robots: { index: false } } : { title: label };
}

export default async function HelpPage({ searchParams }: HelpPageProps) {
  const { query, tag } = readParams(await searchParams);
  const { origin, entries } = await loadManifest();
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id={helpId} />} />
      <OriginNotice origin={origin} />
      <HelpSearchForm query={query} />
      <div className="mt-5">
        {query ? (
          <SearchSection query={query} />
        ) : tag ? (
          <TagFilter tag={tag} entries={entries} />
        ) : (
          <TopicIndex entries={entries} />
        )}
      </div>
    </div>
  );
}

function readParams(params: Awaited<HelpPageProps["searchParams"]>): { query: string; tag: string } {
  const read = (name: string) => [params[name] ?? ""].flat().join(" ").toWellFormed().replaceAll("\0", "").trim().slice(0, queryMaxLength);
  return { query: read("q"), tag: read("tag") };
}
