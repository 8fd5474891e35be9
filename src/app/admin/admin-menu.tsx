import LogOut from "lucide-react/icons/log-out";
import Link from "next/link";
import type { AdminRole } from "#platform/auth/principal.ts";
import { consolePlaces } from "#app/admin/console-places.ts";
import { LogOutButton } from "#app/admin/log-out-button.tsx";
import { roleWords } from "#app/admin/role-words.ts";

/** Who is logged in, and the way out. */
export function AdminMenu({ name, role }: { name: string; role: AdminRole }) {
  return (
    <div className="grid gap-2 text-13">
      <Link href={consolePlaces.account.href} className="grid min-w-0 rounded px-2 py-1 text-text no-underline hover:bg-sunken max-md:min-h-11">
        <span className="truncate font-strong">{name}</span>
        <span className="text-12 text-muted">{roleWords[role].label}</span>
      </Link>
      <LogOutButton icon={<LogOut />} />
    </div>
  );
}
