import type { Metadata } from "next";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { figureDays, readSafeguards } from "#domains/llm/server.ts";
import { formatCount, formatShare } from "#lib/format-number.ts";
import { Card } from "#ui/card.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label } = consolePlaces.safeguards;

export const metadata: Metadata = { title: label };

const words = (name: string) => name.replaceAll("_", " ");

export default async function SafeguardsPage() {
  const { principal } = await requireAdmin();
  const { cacheBackend, cache, redactions, refusals } = await readSafeguards(principal);
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="model-safeguards" />} note={`the last ${figureDays} days`} />
      <div className="grid gap-4">
        <Card id="cache" title="Answers from the cache" aside={<span>kept in {cacheBackend === "redis" ? "Redis" : "this process's memory"}</span>}>
          {cache.length === 0 ? (
            <StateMessage kind="empty" title="No model has answered yet">An equal call of the same organisation is answered from the cache, at no cost.</StateMessage>
          ) : (
            <DataTable
              caption="Answers from the cache"
              rows={cache}
              keyOf={({ endpoint }) => endpoint}
              columns={[
                { label: "Endpoint", cell: ({ endpoint }) => <code className="font-mono">{endpoint}</code> },
                { label: "From a model", align: "right", cell: ({ made }) => formatCount(made) },
                { label: "From the cache", align: "right", cell: ({ cached }) => formatCount(cached) },
                { label: "Share", align: "right", cell: ({ made, cached }) => formatShare(cached / (made + cached)) },
                { label: "Saved", align: "right", cell: ({ savedUsd }) => `US$ ${savedUsd}` },
              ]}
            />
          )}
        </Card>
        <Counts id="redactions" title="Values taken out before sending" name="Kind" counts={redactions} empty="Nothing had to be taken out of what models were sent." />
        <Counts id="refusals" title="Calls that were refused" name="Why" counts={refusals} empty="No call was refused." />
      </div>
    </div>
  );
}

function Counts({ id, title, name, counts, empty }: { id: string; title: string; name: string; counts: { name: string; count: number }[]; empty: string }) {
  return (
    <Card id={id} title={title}>
      {counts.length === 0 ? (
        <p className="text-14 text-muted">{empty}</p>
      ) : (
        <DataTable
          caption={title}
          rows={counts}
          keyOf={(row) => row.name}
          columns={[
            { label: name, cell: (row) => words(row.name) },
            { label: "Count", align: "right", cell: ({ count }) => formatCount(count) },
          ]}
        />
      )}
    </Card>
  );
}
