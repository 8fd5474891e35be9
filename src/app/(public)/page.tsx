import Link from "next/link";
import type { Metadata } from "next";
import { connection } from "next/server";
import { Suspense } from "react";
import { formatDayTime } from "#lib/format-time.ts";
import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { routes } from "#ui/shell/routes.ts";
import { AskBox } from "#domains/assistant/components/ask-box.tsx";
import { ExampleQuestions } from "#domains/assistant/components/example-questions.tsx";
import { questionMaxLength } from "#domains/assistant/index.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { loadManifest } from "#domains/help/components/load-manifest.ts";
import { OriginNotice } from "#domains/help/components/origin-notice.tsx";
import { TopicColumns } from "#domains/help/components/topic-columns.tsx";
import { StatusCard, StatusCardSkeleton } from "#app/(public)/status/status-card.tsx";

const { label, helpId } = routes.overview;

export const metadata: Metadata = { title: { absolute: "Tieline" } };

export default async function OverviewPage() {
  await connection();
  const { origin, entries } = await loadManifest();
  const status = { help: <HelpButton id={routes.status.helpId} />, className: "lg:col-span-5" };
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id={helpId} />} note={formatDayTime(new Date())} />
      <OriginNotice origin={origin} />
      <div className="grid gap-4 lg:grid-cols-12">
        <Card id="ask-the-grid" title="Ask the grid" help={<HelpButton id={routes.ask.helpId} />} className="lg:col-span-7">
          <p className="mb-3 text-13 text-muted">Answers quote their sources and say so when the sources don’t hold one.</p>
          <AskBox placeholder="Ask about the grid" maxLength={questionMaxLength} />
          <div className="mt-2">
            <ExampleQuestions />
          </div>
        </Card>
        <Suspense fallback={<StatusCardSkeleton {...status} />}>
          <StatusCard {...status} />
        </Suspense>
        <Card
          id="help-topics"
          title="Help topics"
          aside={
            <Link href="/help" className="touch-area">
              All help
            </Link>
          }
          className="lg:col-span-12"
        >
          <TopicColumns entries={entries} />
        </Card>
      </div>
    </div>
  );
}
