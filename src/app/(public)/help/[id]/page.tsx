import type { Metadata } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { isAppError } from "#lib/errors.ts";
import { adminCookieName } from "#platform/auth/admin-session.ts";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { routes } from "#ui/shell/routes.ts";
import { AskBox } from "#domains/assistant/components/ask-box.tsx";
import { questionMaxLength } from "#domains/assistant/index.ts";
import { ArticleBody } from "#domains/help/components/article-body.tsx";
import { ArticleMeta } from "#domains/help/components/article-meta.tsx";
import { outline } from "#domains/help/components/article-outline.ts";
import { ArticleSources } from "#domains/help/components/article-sources.tsx";
import { loadManifest } from "#domains/help/components/load-manifest.ts";
import { NeighbourLinks } from "#domains/help/components/neighbour-links.tsx";
import { OnThisPage } from "#domains/help/components/on-this-page.tsx";
import { OriginNotice } from "#domains/help/components/origin-notice.tsx";
import { OtherLanguage } from "#domains/help/components/other-language.tsx";
import { RatingForm } from "#domains/help/components/rating-form.tsx";
import { SampleQuestions } from "#domains/help/components/sample-questions.tsx";
import { neighbours, topicAnchor } from "#domains/help/components/topics.ts";
import { getHelpEntry } from "#domains/help/server.ts";
import { getAdminViewer } from "#app/viewer.ts";

const sampleQuestions = 3;

interface ArticlePageProps {
  params: Promise<{ id: string }>;
}

/** Read once for the page and its metadata. An unknown id is a page that doesn't exist. */
const loadEntry = cache(async (id: string) => {
  try {
    return await getHelpEntry(id);
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") notFound();
    throw error;
  }
});

/** True for a signed-in administrator; readers without such a cookie cost no statement. */
async function mayEdit(): Promise<boolean> {
  const signedIn = (await cookies()).get(adminCookieName()) !== undefined;
  return signedIn && (await getAdminViewer()) !== null;
}

export async function generateMetadata({ params }: ArticlePageProps): Promise<Metadata> {
  const { title, short } = await loadEntry((await params).id);
  return { title, description: short };
}

export default async function ArticlePage({ params }: ArticlePageProps) {
  const { id } = await params;
  const [entry, manifest] = await Promise.all([loadEntry(id), loadManifest()]);
  const { title, topic, body, sources, origin, language, questions } = entry;
  const other = manifest.entries.find((candidate) => (entry.translates ?? candidate.translates) === (entry.translates ? candidate.id : id));
  const sections = [...outline(body), ...(sources.length > 0 ? [{ id: "sources", text: "Sources" }] : [])];
  const crumbs = [
    { label: routes.help.label, href: routes.help.href },
    { label: topic, href: `${routes.help.href}#${topicAnchor(topic)}` },
    { label: title },
  ];
  return (
    <div className="mx-auto max-w-[960px]">
      <Breadcrumbs crumbs={crumbs} />
      <h1 lang={language} className="text-28 leading-9 tracking-[-0.015em]">{title}</h1>
      <div className="mt-2 text-16 leading-read max-xl:max-w-measure xl:grid xl:grid-cols-[minmax(0,68ch)_200px] xl:gap-x-16">
        <div className="mb-6">
          <ArticleMeta {...entry} />
          {other && <OtherLanguage {...other} />}
          {(await mayEdit()) && (
            <Link href={`/admin/help/${id}`} prefetch={false} className="touch-area mt-2 inline-flex min-h-6 items-center text-13 print:hidden">
              Edit
            </Link>
          )}
        </div>
        {sections.length > 1 && <OnThisPage items={sections} />}
        <article className="max-w-measure min-w-0 xl:col-start-1">
          <OriginNotice origin={origin} />
          <div lang={language} className="prose">
            <ArticleBody markdown={body} />
          </div>
          <ArticleSources sources={sources} />
          {origin === "database" && <RatingForm entryId={id} />}
          <section aria-labelledby="ask-about" className="border-b py-4 print:hidden">
            <h2 id="ask-about" className="mb-3 text-16 leading-6">
              Ask about this
            </h2>
            <SampleQuestions questions={questions.slice(0, sampleQuestions)} language={language} />
            <AskBox placeholder={`A question about ${title.toLowerCase()}`} maxLength={questionMaxLength} />
          </section>
          <NeighbourLinks {...neighbours(manifest.entries, id)} />
        </article>
      </div>
    </div>
  );
}
