import Download from "lucide-react/icons/download";
import type { Metadata } from "next";
import Link from "next/link";
import { SpendQuery, type SpendSums } from "#domains/llm/index.ts";
import { readModelSpend } from "#domains/llm/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { formatCount } from "#lib/format-number.ts";
import { formatUsd } from "#lib/format-usd.ts";
import { pageHref } from "#lib/page-href.ts";
import { buttonClass } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { DataTable, type Column } from "#ui/data-table.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { SpendBars } from "#app/admin/(console)/llm/spend/spend-bars.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { readListFilters, type SearchParams } from "#app/read-filters.ts";
import { RefusedFilters } from "#app/refused-filters.tsx";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label, href } = consolePlaces.modelSpend;
const { href: calls } = consolePlaces.modelCalls;

export const metadata: Metadata = { title: label };

const columns: Column<SpendSums>[] = [
  { label: "Calls", align: "right", cell: ({ calls: n }) => formatCount(n) },
  { label: "Failed", align: "right", cell: ({ failures }) => formatCount(failures) },
  { label: "Tokens in", align: "right", cell: ({ promptTokens }) => formatCount(promptTokens) },
  { label: "Tokens out", align: "right", cell: ({ completionTokens }) => formatCount(completionTokens) },
  { label: "Charged", align: "right", cell: ({ chargedUsd }) => <span className="whitespace-nowrap tabular-nums">{formatUsd(chargedUsd)}</span> },
];

export default async function SpendPage({ searchParams }: { searchParams: SearchParams }) {
  const { principal } = await requireAdmin();
  const { query, given, refused } = readListFilters(SpendQuery, await searchParams);
  const { from, to, total, days, endpoints, models, organisations } = await readModelSpend(principal, query);
  const span = { from, to };
  return (
    <div className="mx-auto max-w-content">
      <PageHeader
        title={label}
        help={<HelpButton id="model-spend" />}
        actions={
          <a href={pageHref("/api/admin/llm/spend/export", span)} download className={buttonClass()}>
            <Download />
            CSV
          </a>
        }
      />
      <FilterForm path={href} label="Model spend" active={Object.keys(given).length > 0}>
        <div className="grid grid-cols-2 gap-3 max-sm:w-full">
          <Filter label="From (UTC)" className="sm:w-40">
            <Input type="date" name="from" defaultValue={from} />
          </Filter>
          <Filter label="To (UTC)" className="sm:w-40">
            <Input type="date" name="to" defaultValue={to} />
          </Filter>
        </div>
      </FilterForm>
      <RefusedFilters names={refused} />
      {total.calls === 0 ? (
        <StateMessage kind="empty" title="No model was called in these days">
          What calls of models cost is added up here, by day, use, model and organisation.
        </StateMessage>
      ) : (
        <div className="grid gap-4">
          <Card id="total" title="Altogether">
            <FactList
              facts={[
                ["Charged", <span key="charged">{formatUsd(total.chargedUsd)} <span className="text-muted">(exactly {total.chargedUsd})</span></span>],
                ["Saved by the cache", formatUsd(total.savedUsd)],
                ["Calls", `${formatCount(total.calls)}: ${formatCount(total.failures)} failed, ${formatCount(total.refusals)} refused, ${formatCount(total.cacheHits)} from the cache`],
                ["Charged at the most possible", total.estimated === 0 ? "none" : <Link key="estimated" href={pageHref(calls, { ...span, flag: "estimated" })} className="touch-area">{formatCount(total.estimated)}</Link>],
                ["Without a price", total.unpriced === 0 ? "none" : <Link key="unpriced" href={pageHref(calls, { ...span, flag: "unpriced" })} className="touch-area">{formatCount(total.unpriced)}</Link>],
              ]}
            />
          </Card>
          <Card id="by-day" title="By UTC day">
            <SpendBars days={days} from={from} to={to} />
            <details className="mt-3 text-13">
              <summary className="touch-area w-max cursor-pointer text-muted">As a table</summary>
              <div className="mt-2">
                <DataTable caption="Spend by day" rows={days.toReversed()} keyOf={({ day }) => day} columns={[{ label: "Day", cell: ({ day }) => <span className="whitespace-nowrap">{day}</span> }, ...columns]} />
              </div>
            </details>
          </Card>
          <Card id="by-endpoint" title="By use">
            <DataTable
              caption="Spend by use, the dearest first" rows={endpoints} keyOf={({ endpoint }) => endpoint}
              columns={[{ label: "What for", cell: ({ endpoint }) => <Link href={pageHref(calls, { ...span, endpoint })} className="touch-area">{endpoint}</Link> }, ...columns]}
            />
          </Card>
          <Card id="by-model" title="By model">
            <DataTable
              caption="Spend by model, the dearest first" rows={models} keyOf={({ provider, model }) => `${provider} ${model}`}
              columns={[{ label: "Model", cell: ({ model }) => (model === null ? "none was asked" : <Link href={pageHref(calls, { ...span, model })} className="touch-area break-all">{model}</Link>) }, ...columns]}
            />
          </Card>
          <Card id="by-organisation" title="By organisation">
            <DataTable
              caption="Spend by organisation, the dearest first" rows={organisations} keyOf={({ id }) => id ?? "none"}
              columns={[{ label: "Organisation", cell: ({ id, name }) => (id === null ? "outside of any" : <Link href={pageHref(calls, { ...span, organisation: id })} className="touch-area break-words">{name ?? "deleted"}</Link>) }, ...columns]}
            />
          </Card>
        </div>
      )}
    </div>
  );
}
