import Link from "next/link";
import type { ConsentView } from "#domains/llm/index.ts";
import { utc } from "#lib/clock.ts";
import { formatDateTime } from "#lib/format-time.ts";
import { pageHref } from "#lib/page-href.ts";
import { DataTable } from "#ui/data-table.tsx";
import { purposes, stateWords, wordsOf } from "#app/admin/(console)/llm/consents/consent-words.ts";
import { WithdrawConsent } from "#app/admin/(console)/llm/consents/withdraw-consent.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";

const when = (at: string) => formatDateTime(at, utc);

/** Decisions of stewards, with what each is now. */
export function ConsentTable({ consents, edits }: { consents: ConsentView[]; edits: boolean }) {
  return (
    <DataTable
      caption="Consents, the newest first"
      rows={consents}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Given by",
          cell: ({ id, steward }) => (
            <>
              {steward}
              <Link href={pageHref(consolePlaces.audit.href, { action: "consent.", target: id })} prefetch={false} className="touch-area block w-max text-12 font-regular">
                Audit log
              </Link>
            </>
          ),
        },
        { label: "Datasets", cell: ({ datasets }) => <code className="font-mono break-all">{datasets.join(", ")}</code> },
        { label: "To be", cell: ({ purposes: given }) => wordsOf(purposes, given) },
        {
          label: "Holds",
          cell: ({ validFrom, validUntil }) => (
            <>
              from {when(validFrom)}
              <span className="block">{validUntil === null ? "without an end of its own" : `until ${when(validUntil)}`}</span>
            </>
          ),
        },
        {
          label: "State",
          cell: ({ state, withdrawnAt }) => (
            <>
              {stateWords[state]}
              {withdrawnAt !== null && <span className="block text-muted">{when(withdrawnAt)}</span>}
            </>
          ),
        },
        { label: "On paper", cell: ({ evidence }) => evidence },
        { label: "", cell: (consent) => edits && consent.withdrawnAt === null && <WithdrawConsent consent={consent} /> },
      ]}
    />
  );
}
