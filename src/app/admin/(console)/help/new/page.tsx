import type { Metadata } from "next";
import { hasAdminRole } from "#platform/auth/principal.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { EntryEditor } from "#domains/help/components/editing/entry-editor.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { loadManifest } from "#domains/help/components/load-manifest.ts";
import { consolePlaces } from "#app/admin/console-places.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";

const title = "New entry";

export const metadata: Metadata = { title };

export default async function NewHelpEntryPage() {
  const { principal } = await requireAdmin();
  const { entries } = await loadManifest();
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={[{ label: consolePlaces.help.label, href: consolePlaces.help.href }, { label: title }]} />
      <PageHeader title={title} help={<HelpButton id="help-editing" />} />
      <EntryEditor initial={null} ids={entries.map(({ id }) => id)} canEdit={hasAdminRole(principal.role, "admin")} />
    </div>
  );
}
