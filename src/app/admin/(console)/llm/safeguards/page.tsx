import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { callOutcomes } from "#domains/llm/index.ts";
import { figureDays, readSafeguards } from "#domains/llm/server.ts";
import { formatCount, formatShare } from "#lib/format-number.ts";
import { formatUsd } from "#lib/format-usd.ts";
import { pageHref } from "#lib/page-href.ts";
import { Card } from "#ui/card.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { outcomeWords } from "#app/admin/(console)/llm/call-words.ts";
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
      <PageHeader title={label} help={<HelpButton id="model-safeguards" />} />
      <p className="mb-4 max-w-measure text-14 text-muted">{`What stood between questions and models in the last ${figureDays} days.`}</p>
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
                { label: "Saved", align: "right", cell: ({ savedUsd }) => <span className="whitespace-nowrap">{formatUsd(savedUsd)}</span> },
              ]}
            />
          )}
        </Card>
        <Counts id="redactions" title="Values taken out before sending" name="Kind" unit="Values" counts={redactions} empty="Nothing had to be taken out of what models were sent." cell={words} />
        <Counts id="refusals" title="Calls that were refused" name="Why" unit="Calls" counts={refusals} empty="No call was refused." cell={(why) => <Refusals why={why} />} />
      </div>
    </div>
  );
}

/** Why calls were refused, leading to them; a reason that is no outcome is a category of the policy. */
function Refusals({ why }: { why: string }) {
  const outcome = callOutcomes.find((each) => each === why);
  return (
    <Link href={pageHref(consolePlaces.modelCalls.href, { outcome: outcome ?? "blocked" })} prefetch={false} className="touch-area">
      {outcome ? outcomeWords[outcome] : `${outcomeWords.blocked}: ${words(why)}`}
    </Link>
  );
}

interface CountsProps {
  id: string;
  title: string;
  name: string;
  /** What is counted. */
  unit: string;
  counts: { name: string; count: number }[];
  empty: string;
  cell: (name: string) => ReactNode;
}

function Counts({ id, title, name, unit, counts, empty, cell }: CountsProps) {
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
            { label: name, cell: (row) => cell(row.name) },
            { label: unit, align: "right", cell: ({ count }) => formatCount(count) },
          ]}
        />
      )}
    </Card>
  );
}
