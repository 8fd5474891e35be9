import type { Metadata } from "next";
import Link from "next/link";
import type { SwitchedSource } from "#domains/grid/index.ts";
import { listSwitches } from "#domains/grid/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { hasAdminRole } from "#platform/auth/principal.ts";
import { formatDateTime } from "#lib/format-time.ts";
import { pageHref } from "#lib/page-href.ts";
import { DataTable } from "#ui/data-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SourceSwitch } from "#app/admin/(console)/sources/source-switch.tsx";
import { cadenceWords, switchWords } from "#app/admin/(console)/sources/source-words.ts";
import { consolePlaces } from "#app/admin/console-places.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label } = consolePlaces.sources;
const moment = (at: string | null) => (at === null ? "never" : formatDateTime(at));

export const metadata: Metadata = { title: label };

export default async function SourcesPage() {
  const { principal } = await requireAdmin();
  const sources = await listSwitches(principal);
  const edits = hasAdminRole(principal.role, "admin");
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="source-switches" />} />
      <p className="mb-4 max-w-measure text-14 text-muted">
        A source comes on by itself once its newest documents were fetched and understood. What you switch stays so, until you leave it to its check again.
      </p>
      <DataTable<SwitchedSource>
        caption="Sources of grid data"
        rows={sources}
        keyOf={({ id }) => id}
        columns={[
          {
            label: "Source",
            cell: ({ id, name }) => (
              <>
                {name}
                <Link href={pageHref(consolePlaces.audit.href, { action: "source.switched", target: id })} prefetch={false} className="touch-area block font-mono text-12 font-normal">
                  {id}
                </Link>
              </>
            ),
          },
          {
            label: "State",
            cell: (source) => (
              <>
                {switchWords(source)}
                <span className="block text-13 text-muted">{source.says}</span>
              </>
            ),
          },
          { label: "Comes", cell: ({ cadenceMinutes }) => cadenceWords(cadenceMinutes) },
          { label: "Last try", cell: ({ lastRunAt }) => moment(lastRunAt) },
          { label: "Last success", cell: ({ lastSuccessAt }) => moment(lastSuccessAt) },
          { label: "", cell: (source) => edits && <SourceSwitch key={`${source.enabled} ${source.switchedBy}`} source={source} /> },
        ]}
      />
    </div>
  );
}
