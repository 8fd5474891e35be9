import Clock from "lucide-react/icons/clock";
import Link from "next/link";
import type { Metadata } from "next";
import { connection } from "next/server";
import { formatClock, formatDay, formatDayTime } from "#lib/format-time.ts";
import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { routes } from "#ui/shell/routes.ts";
import { AskBox } from "#domains/assistant/components/ask-box.tsx";
import { ExampleQuestions } from "#domains/assistant/components/example-questions.tsx";
import { questionMaxLength } from "#domains/assistant/index.ts";
import { SampleBadge } from "#domains/grid/components/sample-badge.tsx";
import { StatusPoll } from "#domains/grid/components/status-poll.tsx";
import { clockFor, toZoneChoice } from "#domains/grid/components/zone-choice.ts";
import { ZoneSwitch } from "#domains/grid/components/zone-switch.tsx";
import { clockOf } from "#domains/grid/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { loadManifest } from "#domains/help/components/load-manifest.ts";
import { OriginNotice } from "#domains/help/components/origin-notice.tsx";
import { RecentEntries } from "#domains/help/components/recent-entries.tsx";
import { GridPanels } from "#app/(public)/overview/grid-panels.tsx";
import { loadOverview } from "#app/(public)/overview/load-overview.ts";
import { OverviewHealth } from "#app/(public)/overview/overview-health.tsx";
import { StatusAway } from "#app/(public)/overview/status-away.tsx";

const { label, helpId } = routes.overview;

export const metadata: Metadata = { title: { absolute: "Tieline" } };

interface OverviewPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function OverviewPage({ searchParams }: OverviewPageProps) {
  await connection();
  const [{ tz }, { origin, entries }, overview] = await Promise.all([searchParams, loadManifest(), loadOverview()]);
  const choice = toZoneChoice(tz);
  const now = overview ? new Date(overview.status.at) : new Date();
  const clock = clockFor(choice, clockOf("America/Toronto", now));
  const shared = { choice, now };
  return (
    <div className="mx-auto max-w-content">
      <PageHeader
        title={label}
        help={<HelpButton id={helpId} />}
        note={formatDayTime(now, clock)}
        actions={
          <>
            {overview?.status.regions.some(({ sample }) => sample) && <SampleBadge />}
            <ZoneSwitch value={choice} icon={<Clock />} />
          </>
        }
      />
      <OriginNotice origin={origin} />
      {overview ? (
        <>
          <StatusPoll shown={formatClock(now, clock)} />
          <GridPanels status={overview.status} {...shared} />
        </>
      ) : (
        <StatusAway />
      )}
      <div className="mt-4 grid gap-4 lg:grid-cols-12">
        <Card id="ask-the-grid" title="Ask the grid" help={<HelpButton id={routes.ask.helpId} />} className="lg:col-span-7">
          <p className="mb-3 text-13 text-muted">Answers quote their sources and say so when the sources don’t hold one.</p>
          <AskBox placeholder="Ask about the grid" maxLength={questionMaxLength} />
          <div className="mt-2">
            <ExampleQuestions />
          </div>
        </Card>
        <Card
          id="help-changed"
          title="Help, recently changed"
          aside={
            <Link href="/help" className="touch-area">
              All help
            </Link>
          }
          className="lg:col-span-5"
        >
          <RecentEntries entries={entries} dayOf={(time) => formatDay(time, clock)} />
        </Card>
        {overview && <OverviewHealth sources={overview.sources} {...shared} />}
      </div>
    </div>
  );
}
