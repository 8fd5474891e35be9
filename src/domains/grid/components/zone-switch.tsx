"use client";

import { useRouter, usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { Select } from "#ui/select.tsx";
import { zoneChoiceNames, zoneChoices, type ZoneChoice } from "./zone-choice.ts";

/** Chooses whose clocks the page shows; the choice stands in the address as `tz`. */
export function ZoneSwitch({ value, icon }: { value: ZoneChoice; icon: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();

  function choose(tz: string) {
    const query = new URLSearchParams(search);
    if (tz === "operator") query.delete("tz");
    else query.set("tz", tz);
    router.push(query.size === 0 ? pathname : `${pathname}?${query}`, { scroll: false });
  }

  return (
    <span className="relative flex items-center [&_.lucide]:pointer-events-none [&_.lucide]:absolute [&_.lucide]:left-2.5 [&_.lucide]:text-muted">
      {icon}
      <Select aria-label="Time zone" value={value} onChange={(event) => choose(event.target.value)} className="w-auto border-line pl-8 text-13">
        {zoneChoices.map((choice) => (
          <option key={choice} value={choice}>
            {zoneChoiceNames[choice]}
          </option>
        ))}
      </Select>
    </span>
  );
}
