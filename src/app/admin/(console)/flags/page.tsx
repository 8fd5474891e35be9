import type { Metadata } from "next";
import Link from "next/link";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { hasAdminRole } from "#platform/auth/principal.ts";
import { listFlags } from "#platform/flags/switch-flag.ts";
import { formatDateTime } from "#lib/format-time.ts";
import { pageHref } from "#lib/page-href.ts";
import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { FlagForm } from "#app/admin/(console)/flags/flag-form.tsx";
import { flagState } from "#app/admin/(console)/flags/flag-state.ts";
import { consolePlaces } from "#app/admin/console-places.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label } = consolePlaces.flags;

export const metadata: Metadata = { title: label };

export default async function FlagsPage() {
  const { principal } = await requireAdmin();
  const flags = await listFlags(principal);
  const edits = hasAdminRole(principal.role, "admin");
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="feature-flags" />} />
      <p className="mb-4 max-w-measure text-14 text-muted">
        A switch acts at once, in other processes within a second. A share is by organisation, or user, or address: whoever has it keeps it while the share grows.
      </p>
      <div className="grid gap-4">
        {flags.map((flag) => (
          <Card
            key={flag.key}
            id={flag.key}
            title={<code className="font-mono">{flag.key}</code>}
            aside={
              <>
                <span>{flagState(flag)}</span>
                <Link href={pageHref(consolePlaces.audit.href, { action: "flag.switched", target: flag.key })} prefetch={false} className="touch-area">
                  {flag.updatedAt === null ? "never switched" : formatDateTime(flag.updatedAt)}
                </Link>
              </>
            }
          >
            <p className="text-14">{flag.says}</p>
            {edits && <FlagForm flag={flag} />}
          </Card>
        ))}
      </div>
    </div>
  );
}
