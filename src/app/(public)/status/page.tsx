import RefreshCw from "lucide-react/icons/refresh-cw";
import type { Metadata } from "next";
import { formatDateTime } from "#lib/format-time.ts";
import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { routes } from "#ui/shell/routes.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { checkReadiness } from "#platform/observability/health.ts";
import { summaries } from "#app/(public)/status/check-words.ts";
import { ReadinessTable } from "#app/(public)/status/readiness-table.tsx";
import { RefreshButton } from "#app/(public)/status/refresh-button.tsx";
import { StateLine } from "#app/(public)/status/state-line.tsx";

const { label, helpId } = routes.status;

export const metadata: Metadata = { title: label };

export default async function StatusPage() {
  const { state, checks, checkedAt, version } = await checkReadiness();
  const summary = summaries[state];
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id={helpId} />} actions={<RefreshButton icon={<RefreshCw />} />} />
      <Card
        id="checks"
        title={<StateLine state={summary.state}>{summary.words}</StateLine>}
        aside={<span role="status">Checked {formatDateTime(checkedAt)}</span>}
      >
        <p className="text-13 text-muted">{summary.detail}</p>
        <ReadinessTable checks={checks} />
        <div className="mt-3 flex flex-wrap gap-x-4 gap-y-1 border-t pt-2 text-12 text-muted">
          <span>Version {version}</span>
          <a href="/api/health/ready" className="touch-area text-muted">
            The same as JSON
          </a>
          <a href="/api/openapi.json" className="touch-area text-muted">
            API description
          </a>
        </div>
      </Card>
    </div>
  );
}
