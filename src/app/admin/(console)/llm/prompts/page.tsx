import type { Metadata } from "next";
import { DiffView } from "#domains/help/components/editing/diff-view.tsx";
import { diffLines } from "#domains/help/components/editing/text-diff.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import type { Prompt } from "#domains/llm/index.ts";
import { figureDays, readPromptCalls } from "#domains/llm/server.ts";
import { formatQuantity } from "#lib/format-number.ts";
import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";
import { prompts } from "#app/prompts.ts";

const { label } = consolePlaces.prompts;

export const metadata: Metadata = { title: label };

export default async function PromptsPage() {
  const { principal } = await requireAdmin();
  const calls = await readPromptCalls(principal);
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="prompt-versions" />} />
      <p className="mb-4 max-w-measure text-14 text-muted">What models are told to do. A text that calls were made with stays as it is; a better one is a new version, and each call in the books names its own.</p>
      <div className="grid gap-4">
        {prompts.map((prompt) => (
          <PromptCard key={prompt.id} prompt={prompt} calls={calls} />
        ))}
      </div>
    </div>
  );
}

function PromptCard({ prompt, calls }: { prompt: Prompt; calls: ReadonlyMap<string, number> }) {
  const callsOf = (version: number) => formatQuantity(calls.get(`${prompt.id}@${version}`) ?? 0, "call");
  return (
    <Card id={prompt.id} title={<code className="font-mono">{prompt.id}</code>} aside={<span>version {prompt.version}</span>}>
      <p className="text-14">{prompt.purpose}</p>
      <ol className="mt-3 grid gap-3">
        {prompt.versions.map(({ version, since, change, instructions }, place) => {
          const before = prompt.versions[place + 1];
          return (
            <li key={version}>
              <details open={place === 0 && before === undefined}>
                <summary className="cursor-pointer py-1.5 text-14">
                  Version {version}, since {since}: {change} {callsOf(version)} in {figureDays} days.
                </summary>
                {before ? (
                  <DiffView diffs={[{ field: "Instructions", rows: diffLines(before.instructions.split("\n"), instructions.split("\n")) }]} before={`version ${before.version}`} after={`version ${version}`} />
                ) : (
                  <pre className="overflow-x-auto rounded border bg-sunken p-3 font-mono text-13 leading-read whitespace-pre-wrap">{instructions}</pre>
                )}
              </details>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
