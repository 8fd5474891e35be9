import type { Metadata } from "next";
import { CallParams, type CallDetail } from "#domains/llm/index.ts";
import { getModelCall } from "#domains/llm/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { AppError } from "#lib/errors.ts";
import { formatCount, formatDuration } from "#lib/format-number.ts";
import { formatDateTime } from "#lib/format-time.ts";
import { formatUsd } from "#lib/format-usd.ts";
import { Card } from "#ui/card.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { callerWords, outcomeWords, providerWords } from "#app/admin/(console)/llm/call-words.ts";
import { consolePlaces } from "#app/admin/console-places.ts";
import { orNotFound } from "#app/or-not-found.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label, href } = consolePlaces.modelCalls;

export const metadata: Metadata = { title: "One model call" };

export default async function CallPage({ params }: { params: Promise<{ id: string }> }) {
  const { principal } = await requireAdmin();
  const id = CallParams.safeParse(await params);
  const call = await orNotFound(id.success ? getModelCall(principal, id.data.id) : Promise.reject(new AppError("NOT_FOUND")));
  const mono = (text: string | null) => (text === null ? "none" : <code className="font-mono text-12 break-all">{text}</code>);
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={[{ label, href }, { label: formatDateTime(call.at) }]} />
      <PageHeader title={`${call.endpoint}: ${outcomeWords[call.outcome].toLowerCase()}`} help={<HelpButton id="model-calls" />} />
      <div className="grid gap-4">
        <Card id="facts" title="Call">
          <FactList
            facts={[
              ["When", formatDateTime(call.at)],
              ["Who", call.organisation === null ? callerWords[call.principalKind] : `${callerWords[call.principalKind]} of ${call.organisation}`],
              ["Provider", call.provider === null ? "none was asked" : (providerWords[call.provider] ?? call.provider)],
              ["Model", call.model ?? "none"],
              ["Prompt", call.promptId === null ? "none" : `${call.promptId}, version ${call.promptVersion ?? "unknown"}`],
              ["Took", call.firstTokenMs === null ? formatDuration(call.durationMs) : `${formatDuration(call.durationMs)}, the first word after ${formatDuration(call.firstTokenMs)}`],
              ["Error", call.errorCode ?? "none"],
              ["Policy", call.policyCategory ?? "nothing found"],
              ["Taken out before the call", counts(call.redactionSummary, "nothing")],
              ["Trace", mono(call.traceId)],
              ["Id", mono(call.id)],
            ]}
          />
        </Card>
        <Card id="cost" title="Cost" help={<HelpButton id="model-spend" />}>
          <FactList
            facts={[
              ["Used", call.usage === null ? "not told by the provider" : counts(call.usage, "nothing")],
              ["Cost", call.costUsd === null ? unknownCost(call) : exact(call.costUsd)],
              ["Charged to budgets", exact(call.chargedUsd)],
              ["Reserved before", call.reservedUsd === null ? "nothing" : exact(call.reservedUsd)],
              ["Saved by the cache", call.savedUsd === null ? "nothing" : exact(call.savedUsd)],
              ["Price", mono(call.priceVersion)],
            ]}
          />
        </Card>
        <Card id="feedback" title="What was said of it">
          <p className="max-w-measure text-14 break-words whitespace-pre-wrap">
            {call.feedback === null ? "Nobody has said whether it helped." : `${call.feedback.helpful ? "It helped." : "It did not help."}${call.feedback.comment === null ? "" : `\n${call.feedback.comment}`}`}
          </p>
        </Card>
      </div>
    </div>
  );
}

function counts(of: Record<string, number | undefined>, none: string): string {
  const parts = Object.entries(of).filter(([, count]) => (count ?? 0) > 0);
  return parts.length === 0 ? none : parts.map(([name, count]) => `${name.replaceAll("_", " ")} ${formatCount(count ?? 0)}`).join(", ");
}

function exact(amount: string): string {
  const shown = formatUsd(amount);
  return Number(amount) === 0 ? shown : `${shown} (exactly ${amount})`;
}

function unknownCost({ unpriced, expired }: CallDetail): string {
  if (unpriced.length > 0) return `not known: no price for ${unpriced.map((bucket) => bucket.replaceAll("_", " ")).join(", ")}`;
  return expired ? "not known: nothing was heard of the call before its time ran out" : "not known: the most possible was charged";
}
