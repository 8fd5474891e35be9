import type { Metadata } from "next";
import Link from "next/link";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { hasAdminRole } from "#platform/auth/principal.ts";
import { listMail } from "#platform/mail/outbox.ts";
import { MailQuery, mailStates, type MailState } from "#platform/mail/schema.ts";
import { formatDateTime } from "#lib/format-time.ts";
import { DataTable } from "#ui/data-table.tsx";
import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { Select } from "#ui/select.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { RetryMail } from "#app/admin/(console)/mail/retry-mail.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { readListFilters, type SearchParams } from "#app/read-filters.ts";
import { RefusedFilters } from "#app/refused-filters.tsx";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label, href } = consolePlaces.mail;
const stateWords: Record<MailState, string> = { waiting: "Waiting", failed: "Given up", delivered: "Delivered" };

export const metadata: Metadata = { title: label };

export default async function MailPage({ searchParams }: { searchParams: SearchParams }) {
  const { principal } = await requireAdmin();
  const { query, given, cursor, refused } = readListFilters(MailQuery, await searchParams);
  const { mails, next, smtp } = await listMail(principal, query);
  const [reads, retries] = [hasAdminRole(principal.role, "super_admin"), hasAdminRole(principal.role, "admin")];
  const printed = (state: MailState) => (state === "delivered" && !smtp ? "Printed" : stateWords[state]);
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="outgoing-mail" />} />
      {!smtp && <p className="mb-4 max-w-measure text-14 text-muted">No SMTP_URL is set: mail is printed in the server’s terminal, and kept here for 30 days.</p>}
      <FilterForm path={href} label="Mail" active={Object.keys(given).length > 0}>
        <Filter label="State" className="w-36">
          <Select name="state" defaultValue={given.state ?? ""}>
            <option value="">Any</option>
            {mailStates.map((state) => (
              <option key={state} value={state}>
                {printed(state)}
              </option>
            ))}
          </Select>
        </Filter>
        <Filter label="Kind" className="w-44">
          <Input name="kind" defaultValue={given.kind} maxLength={100} placeholder="password-reset" />
        </Filter>
      </FilterForm>
      <RefusedFilters names={refused} />
      {mails.length === 0 ? (
        <StateMessage kind="empty" title={Object.keys(given).length === 0 ? "No mail was written in the last 30 days" : "No mail that these filters fit"}>
          Invitations and links for new passwords appear here.
        </StateMessage>
      ) : (
        <DataTable
          caption="Outgoing mail, the newest first"
          rows={mails}
          keyOf={({ id }) => id}
          columns={[
            { label: "Subject", cell: ({ id, subject }) => (reads ? <Link href={`${href}/${id}`} prefetch={false} className="touch-area">{subject}</Link> : subject) },
            { label: "To", cell: ({ recipient }) => <span className="break-all">{recipient}</span> },
            { label: "Kind", cell: ({ kind }) => kind },
            { label: "Written", cell: ({ createdAt }) => formatDateTime(createdAt) },
            {
              label: "State",
              cell: ({ state, attempts, lastError }) => (
                <>
                  {printed(state)}
                  {state !== "delivered" && attempts > 0 && <span className="block text-muted">{`${attempts} attempts`}{lastError !== null && `: ${lastError}`}</span>}
                </>
              ),
            },
            { label: "", cell: ({ id, state, subject }) => retries && state !== "delivered" && <RetryMail id={id} subject={subject} /> },
          ]}
        />
      )}
      <Pager path={href} query={given} cursor={cursor} next={next} />
    </div>
  );
}
