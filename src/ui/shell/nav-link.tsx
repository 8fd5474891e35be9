"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cx } from "#ui/class-names.ts";
import { currentState } from "#ui/shell/current-route.ts";

interface NavLinkProps {
  href: string;
  label: string;
  icon?: ReactNode;
  /** Stands under a heading, in line with its words. */
  indented?: boolean;
}

export function NavLink({ href, label, icon, indented = false }: NavLinkProps) {
  return (
    <Link
      href={href}
      aria-current={currentState(usePathname(), href)}
      className={cx(
        "flex h-control items-center gap-2 rounded pr-2 text-muted no-underline hover:bg-sunken hover:text-text " +
        "aria-[current]:bg-here aria-[current]:font-strong aria-[current]:text-text aria-[current]:[&_.lucide]:text-accent " +
        "max-md:text-16",
        indented ? "pl-8" : "pl-2",
      )}
    >
      {icon}
      {label}
      <Pending />
    </Link>
  );
}

/** Shows, after a moment, that the page behind a link is on its way. */
function Pending() {
  const { pending } = useLinkStatus();
  return pending ? <span aria-hidden className="late-150 ml-auto size-1.5 rounded-pill bg-accent" /> : null;
}
