import type { AuditEntry } from "#domains/accounts/index.ts";
import { listChanges } from "#app/admin/(console)/audit/list-changes.ts";

/** What there was and what there is, field by field. */
export function ChangeList({ before, after }: Pick<AuditEntry, "before" | "after">) {
  const changes = listChanges(before, after);
  if (changes.length === 0) return <p className="text-muted">Nothing more was kept.</p>;
  return (
    <dl className="grid gap-x-3 gap-y-1 sm:grid-cols-[max-content_minmax(0,1fr)]">
      {changes.map(({ name, before: was, after: is }) => (
        <div key={name} className="contents">
          <dt className="font-mono text-12 text-muted">{name}</dt>
          <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2 font-mono text-12 break-all">
            {was === is ? (
              was || "(empty)"
            ) : (
              <>
                {was !== null && <del className="rounded-small bg-bad-soft px-1">{was || "(empty)"}</del>}
                {was !== null && is !== null && <span aria-hidden>→</span>}
                {is !== null && <ins className="rounded-small bg-mark px-1 no-underline">{is || "(empty)"}</ins>}
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
