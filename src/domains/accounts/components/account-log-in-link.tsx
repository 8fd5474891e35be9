"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** Pages that nobody wants to come back to. */
const entrances = new Set(["/login", "/signup", "/reset-password", "/confirm"]);

/** Leads to the log-in page, and from there back to this one. */
export function LogInLink({ icon }: { icon: ReactNode }) {
  const path = usePathname();
  const back = path === "/" || entrances.has(path) ? "" : `?${new URLSearchParams({ next: path }).toString()}`;
  return (
    <Link
      href={`/login${back}`}
      prefetch={false}
      className="flex h-control items-center gap-2 rounded px-2 text-muted no-underline hover:bg-sunken hover:text-text max-md:text-16"
    >
      {icon}
      Log in
    </Link>
  );
}
