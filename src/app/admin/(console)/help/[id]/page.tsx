import type { Metadata } from "next";
import Link from "next/link";
import { hasAdminRole } from "#platform/auth/principal.ts";
import { buttonClass } from "#ui/button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { EntryEditor } from "#domains/help/components/editing/entry-editor.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { loadManifest } from "#domains/help/components/load-manifest.ts";
import { consolePlaces } from "#app/admin/console-places.ts";
import { loadEdited } from "#app/admin/load-edited.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";

interface EntryPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: EntryPageProps): Promise<Metadata> {
  const { principal } = await requireAdmin();
  return { title: (await loadEdited(principal, (await params).id)).title };
}

export default async function EditHelpEntryPage({ params }: EntryPageProps) {
  const { principal } = await requireAdmin();
  const { id } = await params;
  const [entry, { entries }] = await Promise.all([loadEdited(principal, id), loadManifest()]);
  const { label, href } = consolePlaces.help;
  const actions = (
    <>
      <Link href={`${href}/${id}/revisions`} className={buttonClass()}>
        Revisions
      </Link>
      <Link href={`${consolePlaces.feedback.href}?entry=${id}`} className={buttonClass()}>
        Feedback
      </Link>
      {entry.status === "published" && (
        <Link href={`/help/${id}`} prefetch={false} className={buttonClass()}>
          View
        </Link>
      )}
    </>
  );
  return (
    <div className="mx-auto max-w-[1400px]">
      <Breadcrumbs crumbs={[{ label, href }, { label: id }]} />
      <PageHeader title={entry.title} help={<HelpButton id="help-editing" />} actions={actions} />
      <EntryEditor key={id} initial={entry} ids={entries.map((other) => other.id).filter((other) => other !== id)} canEdit={hasAdminRole(principal.role, "admin")} />
    </div>
  );
}
