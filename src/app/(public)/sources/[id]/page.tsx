import type { Metadata } from "next";
import { isAppError } from "#lib/errors.ts";
import { formatDateTime, formatSpan } from "#lib/format-time.ts";
import { loadSource } from "#app/(public)/sources/[id]/load-source.ts";
import { orNotFound } from "#app/or-not-found.ts";
import { RunTable } from "#app/(public)/sources/[id]/run-table.tsx";
import { getViewer } from "#app/viewer.ts";
import { Card } from "#ui/card.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { routes } from "#ui/shell/routes.ts";
import { StateMessage } from "#ui/state-message.tsx";
import { reportName } from "#domains/grid/components/report-name.ts";
import { SourceStateLine } from "#domains/grid/components/source-state.tsx";
import { clockOf, listSourceRuns } from "#domains/grid/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";

const { label, href, helpId } = routes.sources;
const runsShown = 50;

interface SourcePageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: SourcePageProps): Promise<Metadata> {
  return { title: (await orNotFound(loadSource((await params).id))).name };
}

export default async function SourcePage({ params, searchParams }: SourcePageProps) {
  const [{ id }, { cursor }, { principal }] = await Promise.all([params, searchParams, getViewer()]);
  const now = new Date();
  const from = typeof cursor === "string" ? cursor : undefined;
  const source = await orNotFound(loadSource(id));
  const { zone, rules, lastRunAt, lastError, failures, endedAt } = source;
  const { items, nextCursor } = await listSourceRuns(principal, id, { limit: runsShown, cursor: from }).catch((error: unknown) => {
    // A place in the list that makes no sense is as good as none.
    if (isAppError(error) && error.code === "INVALID_REQUEST") return listSourceRuns(principal, id, { limit: runsShown });
    throw error;
  });
  const moment = (time: string | null) => (time === null ? "none yet" : formatDateTime(time, clockOf(zone, new Date(time))));
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={[{ label, href }, { label: reportName(source) }]} />
      <PageHeader title={source.name} help={<HelpButton id={helpId} />} />
      <div className="grid gap-4">
        <Card id="source-facts" title={<SourceStateLine source={source} now={now} />} aside={<code className="font-mono text-12">{id}</code>}>
          {lastError !== null && (
            <div className="my-2">
              <StateMessage kind="stale" title={failures === 1 ? "The last attempt failed" : `The last ${failures} attempts failed`}>
                <span className="break-words">{lastError}</span>
              </StateMessage>
            </div>
          )}
          <div className="mt-2">
            <FactList
              facts={[
                ["Publisher", source.publisher],
                ["Page", <a key="page" href={source.page} className="break-all">{source.page}</a>],
                ["Licence", <a key="licence" href={source.licence.url}>{source.licence.name}</a>],
                ["Cadence", formatSpan(source.cadenceMinutes)],
                ["Newest data", moment(source.dataUntil)],
                ["Last success", moment(source.fetchedAt)],
                ["Last attempt", moment(lastRunAt)],
                ...(endedAt ? [["Ended", moment(endedAt)] satisfies [string, string]] : []),
                ["Units", rules.unit],
                ["Times", rules.time],
                ["Signs", rules.sign],
              ]}
            />
          </div>
        </Card>
        <Card id="source-runs" title="Runs" aside="The newest first">
          {items.length === 0 ? (
            <div className="mt-2">
              <StateMessage kind="empty" title="No run is recorded yet">
                A source is read once its own check has passed: its server answers, and with what is understood. Each run then appears here with what it found, or why it failed.
              </StateMessage>
            </div>
          ) : (
            <RunTable runs={items} clock={clockOf(zone, now)} />
          )}
        </Card>
      </div>
      <Pager path={`${href}/${id}`} query={{}} cursor={from} next={nextCursor} />
    </div>
  );
}
