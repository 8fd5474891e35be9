import Link from "next/link";
import type { ReactNode } from "react";
import { type Incident, type Level, levelNames, type LinkedThreatModel, type MitigationStrategy, tacticNames } from "#domains/resilience/index.ts";
import { pageHref } from "#lib/page-href.ts";
import { badgeClass } from "#ui/badge.ts";
import { FocusedHeading } from "./focused-heading.tsx";
import { SourceList } from "./source-list.tsx";

interface TechniqueDetailProps {
  model: LinkedThreatModel;
  incidents: Incident[];
  mitigations: MitigationStrategy[];
  given: Readonly<Record<string, string>>;
}

/** One technique: what it means for a grid, where it was seen, and what helps against it. */
export function TechniqueDetail({ model, incidents, mitigations, given }: TechniqueDetailProps) {
  const { id, name, tactics, meaning, assets, likelihood, impact, basis, sources } = model;
  const against = (standard: MitigationStrategy["standard"]) => mitigations.filter((row) => row.standard === standard);
  return (
    <section id="technique" aria-labelledby="technique-name" className="mt-4 rounded border border-accent bg-surface p-3 sm:p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <FocusedHeading key={id} id="technique-name">
          {name} <span className="font-mono text-12 font-regular text-muted">{id}</span>
        </FocusedHeading>
        <Link href={pageHref("/security", given)} prefetch={false} scroll={false} className="touch-area ml-auto text-13">
          Close
        </Link>
      </div>
      <p className="mt-1 flex flex-wrap gap-1.5">
        {tactics.map((tactic) => (
          <span key={tactic} className={badgeClass}>{tacticNames[tactic]}</span>
        ))}
      </p>
      <p className="mt-3 max-w-measure text-14 leading-body">{meaning}</p>
      <div className="mt-4 grid gap-4 md:grid-cols-2">
        <Part title="How likely, how grave">
          <p className="flex flex-wrap gap-1.5">
            <LevelBadge label="Likelihood" level={likelihood} />
            <LevelBadge label="Impact" level={impact} />
          </p>
          <p className="mt-2 text-13 text-muted">{basis}</p>
        </Part>
        <Part title="What it aims at">
          <ul className="grid list-disc gap-0.5 pl-4">{assets.map((asset) => <li key={asset}>{asset}</li>)}</ul>
        </Part>
        <Part title={incidents.length === 0 ? "Seen in no incident of this record" : "Seen in"}>
          {incidents.length > 0 && (
            <ul className="grid gap-1">
              {incidents.map((incident) => (
                <li key={incident.id}>
                  <a href={`#incident-${incident.id}`} className="touch-area">{incident.title}</a> <span className="text-muted">{incident.started.slice(0, 4)}</span>
                </li>
              ))}
            </ul>
          )}
        </Part>
        <Part title="What helps">
          {(["attack-ics", "nerc-cip"] as const).map((standard) => (
            <ul key={standard} className="flex flex-wrap gap-x-3 gap-y-1 not-first:mt-2">
              {against(standard).map((row) => (
                <li key={row.id}>
                  <a href={`#strategy-${row.id}`} className="touch-area">
                    <span className="font-mono text-12">{row.id}</span> {row.name}
                  </a>
                </li>
              ))}
            </ul>
          ))}
        </Part>
      </div>
      <div className="mt-4 border-t pt-2">
        <SourceList sources={sources} />
      </div>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0 text-13">
      <h3 className="mb-1 text-13">{title}</h3>
      {children}
    </div>
  );
}

const marks: Record<Level, string> = { low: "▂", moderate: "▂▄", high: "▂▄▆" };

function LevelBadge({ label, level }: { label: string; level: Level }) {
  return (
    <span className={badgeClass}>
      {label}: <b className="text-text">{levelNames[level]}</b> <span aria-hidden>{marks[level]}</span>
    </span>
  );
}
