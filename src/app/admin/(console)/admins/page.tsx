import type { Metadata } from "next";
import Link from "next/link";
import { listAdmins } from "#domains/accounts/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { formatDateTime } from "#lib/format-time.ts";
import { pageHref } from "#lib/page-href.ts";
import { badgeClass } from "#ui/badge.ts";
import { DataTable } from "#ui/data-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { AddAdmin } from "#app/admin/(console)/admins/add-admin.tsx";
import { AdminActions } from "#app/admin/(console)/admins/admin-actions.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";
import { roleWords } from "#app/admin/role-words.ts";

const { label } = consolePlaces.admins;

export const metadata: Metadata = { title: label };

export default async function AdminsPage() {
  const { principal } = await requireAdmin();
  const admins = await listAdmins(principal);
  const manages = principal.role === "super_admin";
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="administrators" />} actions={manages && <AddAdmin />} />
      {!manages && <p className="mb-4 text-14 text-muted">Super admins add, change and disable administrators.</p>}
      <DataTable
        caption="Administrators by name"
        rows={admins}
        keyOf={({ id }) => id}
        columns={[
          {
            label: "Name",
            cell: ({ id, name, email, disabledAt }) => (
              <>
                <span className="flex flex-wrap items-center gap-x-2">
                  {name}
                  {id === principal.adminId && <span className={badgeClass}>you</span>}
                  {disabledAt !== null && <span className={badgeClass}>disabled</span>}
                </span>
                <span className="block font-regular break-all text-muted">{email}</span>
              </>
            ),
          },
          { label: "Role", cell: ({ role }) => <span title={roleWords[role].may}>{roleWords[role].label}</span> },
          { label: "Last log-in", cell: ({ lastLoginAt }) => (lastLoginAt === null ? "never" : formatDateTime(lastLoginAt)) },
          { label: "Sessions", align: "right", cell: ({ sessions }) => sessions },
          {
            label: "",
            cell: (admin) => (
              <div className="flex flex-wrap items-center gap-2 md:justify-end">
                <Link href={pageHref(consolePlaces.audit.href, { actor: admin.id })} prefetch={false} className="touch-area text-13">
                  What they did
                </Link>
                {manages && <AdminActions admin={admin} self={admin.id === principal.adminId} />}
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}
