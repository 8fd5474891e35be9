import CircleUser from "lucide-react/icons/circle-user";
import LogIn from "lucide-react/icons/log-in";
import LogOut from "lucide-react/icons/log-out";
import Link from "next/link";
import type { ReactNode } from "react";
import { LogInLink } from "#domains/accounts/components/account-log-in-link.tsx";
import { LogOutButton } from "#domains/accounts/components/account-log-out-button.tsx";

interface AccountMenuProps {
  /** Who is signed in, null for visitors. */
  person: { email: string; name: string } | null;
  /** The organisation they work in, and the way to another. */
  organisation?: ReactNode;
}

/** The way in; or who is signed in, where, and the way out. */
export function AccountMenu({ person, organisation }: AccountMenuProps) {
  if (!person) return <LogInLink icon={<LogIn />} />;
  return (
    <div className="grid gap-1">
      {organisation}
      <div className="flex flex-wrap items-center gap-1">
        <Link href="/account" className="flex h-control min-w-0 flex-1 items-center gap-2 rounded px-2 text-text no-underline hover:bg-sunken max-md:text-16">
          <CircleUser />
          <span className="truncate">{person.name || person.email}</span>
        </Link>
        <LogOutButton icon={<LogOut />} />
      </div>
    </div>
  );
}
