"use client";

import { usePathname } from "next/navigation";
import { currentState } from "#ui/shell/current-route.ts";

/** The name of the current place, for the top bar. */
export function CurrentPlace({ places }: { places: { href: string; label: string }[] }) {
  const pathname = usePathname();
  const here = places.find(({ href }) => currentState(pathname, href));
  return here && <span className="border-l pl-2 text-14 font-regular text-muted">{here.label}</span>;
}
