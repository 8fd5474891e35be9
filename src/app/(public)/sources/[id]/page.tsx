import type { Metadata } from "next";
import { isAppError } from "#lib/errors.ts";
import { formatDateTime, formatSpan } from "#lib/format-time.ts";
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
import { clockOf, getSourceDetail, listSourceRuns } from "#domains/grid/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";

const { label, href, helpId } = routes.sources;
const runsShown = 50;

interface SourcePageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: SourcePageProps): Promise<Metadata> {
  const { principal } = await getViewer();
  const { note } = await orNotFound(getSourceDetail(principal, (await params).id, new Date()));
  return { title: note.name };
}

export default async function SourcePage({ params, searchParams }: SourcePageProps) {
  const [{ id }, { cursor }, { principal }] = await Promise.all([params, searchParams, getViewer()]);
  const now = new Date();
  const from = typeof cursor === "string" ? cursor : undefined;
  const { note, zone, rules, lastRunAt, lastError, failures, endedAt } = await orNotFound(getSourceDetail(principal, id, now));
  const { items, nextCursor } = await listSourceRuns(principal, id, { limit: runsShown, cursor: from }).catch((error: unknown) => {
    // A place in the list that makes no sense is as good as none.
    if (isAppError(error) && error.code === "INVALID_REQUEST") return listSourceRuns(principal, id, { limit: runsShown });
    throw error;
  });
  const moment = (time: string | Date | null) => (time === null ? "none yet" : formatDateTime(time, clockOf(zone, new Date(time))));
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={[{ label, href }, { label: reportName(note) }]} />
      <PageHeader title={note.name} help={<HelpButton id={helpId} />} />
      <div className="grid gap-4">
        <Card id="source-facts" title={<SourceStateLine source={note} now={now} />} aside={<code className="font-mono text-12">{note.id}</code>}>
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
                ["Publisher", note.publisher],
                ["Page", <a key="page" href={note.page} className="break-all">{note.page}</a>],
                ["Licence", <a key="licence" href={note.licence.url}>{note.licence.name}</a>],
                ["Cadence", formatSpan(note.cadenceMinutes)],
                ["Newest data", moment(note.dataUntil)],
                ["Last success", moment(note.fetchedAt)],
                ["Last attempt", moment(lastRunAt)],
                ...(endedAt ? [["Ended", moment(endedAt)] satisfies [string, string]] : []),
                ["Units", rules.unit],
                ["Times", rules.time],
                ["Signs", rules.sign],
              ]}
            />
          </div>
        </Card>
        <Card id="source-runs" title="Attempts to read it" aside="The newest first">
          {items.length === 0 ? (
            <div className="mt-2">
              <StateMessage kind="empty" title="It hasn’t been read yet">
                Each attempt appears here with what it found, or why it failed.
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
