import Link from "next/link";
import { type LinkedThreatModel, tacticNames, tactics } from "#domains/resilience/index.ts";
import { pageHref } from "#lib/page-href.ts";
import { formatQuantity } from "#lib/format-number.ts";
import { cx } from "#ui/class-names.ts";
import { MatrixKeys } from "./matrix-keys.tsx";

interface ThreatMatrixProps {
  models: LinkedThreatModel[];
  /** Id of the technique that is shown below. */
  selected: string | undefined;
  /** What the page's address holds besides: the cells' links keep it. */
  given: Readonly<Record<string, string>>;
}

/** Techniques under the tactics that they serve: columns on a wide screen, groups on a narrow one. A technique stands under each of its tactics. */
export function ThreatMatrix({ models, selected, given }: ThreatMatrixProps) {
  return (
    <MatrixKeys>
      <div className="grid gap-x-3 gap-y-4 sm:grid-cols-2 md:grid-cols-3 lg:grid-cols-4 xl:grid-cols-6">
        {tactics.map((tactic, column) => {
          const cells = models.filter((model) => model.tactics.includes(tactic));
          return (
            <section key={tactic} aria-labelledby={`tactic-${tactic}`} className="min-w-0">
              <h3 id={`tactic-${tactic}`} className="flex items-end justify-between gap-1 border-b pb-1 text-12 leading-tight">
                {tacticNames[tactic]}
                <span className="font-regular text-muted">{cells.length}</span>
              </h3>
              <ul className="mt-1 grid grid-cols-2 gap-1 sm:grid-cols-1">
                {cells.map((model, row) => (
                  <li key={model.id} className="grid min-w-0">
                    <Link
                      href={`${pageHref("/security", { ...given, technique: model.id })}#technique`}
                      prefetch={false}
                      aria-current={model.id === selected ? "true" : undefined}
                      data-column={column}
                      data-row={row}
                      title={`${model.id} ${model.name}`}
                      className={cx(
                        "flex min-h-control min-w-0 flex-col justify-between gap-1 rounded-small border p-1.5 text-12 leading-tight text-text no-underline hover:border-accent",
                        model.id === selected ? "border-accent bg-accent-soft" : model.incidents.length > 0 ? "bg-warn-soft" : "bg-surface",
                      )}
                    >
                      <span className="break-words hyphens-auto">{model.name}</span>
                      <span className="text-muted">
                        <span aria-hidden>{counts(model)}</span>
                        <span className="sr-only">
                          {formatQuantity(model.incidents.length, "incident")}, {formatQuantity(model.mitigations.length, "mitigation")}
                        </span>
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </MatrixKeys>
  );
}

function counts({ incidents, mitigations }: LinkedThreatModel): string {
  return `${incidents.length > 0 ? `${incidents.length} seen · ` : ""}${formatQuantity(mitigations.length, "mitigation")}`;
}
