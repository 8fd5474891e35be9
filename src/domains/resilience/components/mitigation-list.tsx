import Link from "next/link";
import type { MitigationStrategy } from "#domains/resilience/index.ts";
import { formatQuantity } from "#lib/format-number.ts";
import { pageHref } from "#lib/page-href.ts";
import { DeferredDetails } from "#ui/deferred-details.tsx";
import { SourceList } from "./source-list.tsx";

/** Strategies of one standard, each closed until it is asked for: by a press, or by a link to its id. */
export function MitigationList({ strategies, given }: { strategies: MitigationStrategy[]; given: Readonly<Record<string, string>> }) {
  return (
    <ul className="rows">
      {strategies.map((strategy) => (
        <li key={strategy.id}>
          <DeferredDetails
            id={`strategy-${strategy.id}`}
            className="scroll-mt-4"
            summaryClass="flex min-h-control cursor-pointer flex-wrap items-center gap-x-3 gap-y-0.5 py-1.5 text-13 hover:text-accent"
            summary={
              <>
                <span className="w-16 font-mono text-12">{strategy.id}</span>
                <span className="min-w-0 font-strong">{strategy.name}</span>
                <span className="ml-auto text-12 text-muted">{strategy.techniques.length === 0 ? "the basis of the others" : formatQuantity(strategy.techniques.length, "technique")}</span>
              </>
            }
          >
            <Strategy strategy={strategy} given={given} />
          </DeferredDetails>
        </li>
      ))}
    </ul>
  );
}

function Strategy({ strategy: { summary, topics, techniques, related, sources }, given }: { strategy: MitigationStrategy; given: Readonly<Record<string, string>> }) {
  return (
    <div className="grid max-w-measure gap-2 pb-3 text-13 sm:pl-[76px]">
      <p>{summary}</p>
      {topics.length > 0 && (
        <div>
          <p className="text-12 text-muted">Requirements about</p>
          <ul className="grid list-disc gap-0.5 pl-4">{topics.map((topic) => <li key={topic}>{topic}</li>)}</ul>
        </div>
      )}
      {techniques.length > 0 && (
        <p className="flex flex-wrap gap-x-3 gap-y-1">
          <span className="text-muted">Against</span>
          {techniques.map((technique) => (
            <Link key={technique} href={`${pageHref("/security", { ...given, technique })}#technique`} prefetch={false} className="touch-area font-mono text-12">
              {technique}
            </Link>
          ))}
        </p>
      )}
      {related.length > 0 && (
        <p className="flex flex-wrap gap-x-3 gap-y-1">
          <span className="text-muted">Serves the same end</span>
          {related.map((other) => (
            <a key={other} href={`#strategy-${other}`} className="touch-area font-mono text-12">{other}</a>
          ))}
        </p>
      )}
      <SourceList sources={sources} />
    </div>
  );
}
