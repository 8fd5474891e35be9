import type { Metadata } from "next";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { hasAdminRole } from "#platform/auth/principal.ts";
import { readMail } from "#platform/mail/outbox.ts";
import { formatDateTime } from "#lib/format-time.ts";
import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { FactList } from "#ui/fact-list.tsx";
import { orNotFound } from "#app/or-not-found.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label, href } = consolePlaces.mail;

export const metadata: Metadata = { title: "One mail" };

export default async function OneMailPage({ params }: { params: Promise<{ id: string }> }) {
  const { principal } = await requireAdmin();
  if (!hasAdminRole(principal.role, "super_admin")) {
    return (
      <div className="mx-auto max-w-content">
        <Breadcrumbs crumbs={[{ label, href }, { label: "One mail" }]} />
        <PageHeader title="One mail" />
        <StateMessage kind="forbidden" title="Only super admins read mail">
          Mails hold links that sign people in. Ask a super admin.
        </StateMessage>
      </div>
    );
  }
  const mail = await orNotFound(readMail(principal, (await params).id));
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={[{ label, href }, { label: mail.subject }]} />
      <PageHeader title={mail.subject} help={<HelpButton id="outgoing-mail" />} />
      <div className="grid gap-4">
        <Card id="facts" title="Mail">
          <FactList facts={[["To", mail.recipient], ["Kind", mail.kind], ["Written", formatDateTime(mail.createdAt)], ["Attempts", mail.attempts], ["Last error", mail.lastError ?? "none"]]} />
        </Card>
        <Card id="text" title="Text" aside="That you read it is in the audit log">
          <p className="max-w-measure text-14 break-words whitespace-pre-wrap">{mail.body}</p>
        </Card>
      </div>
    </div>
  );
}
