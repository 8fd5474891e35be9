import { offsetWords } from "./clock.ts";

/** What people call the clocks of a zone at an offset; where provinces stopped changing their clocks, the name holds all year. */
const names: Readonly<Record<string, string | Readonly<Record<number, string>>>> = {
  UTC: "UTC",
  "Etc/UTC": "UTC",
  "Etc/GMT+5": "EST",
  "America/Toronto": { [-300]: "EST", [-240]: "EDT" },
  "America/Iqaluit": { [-300]: "EST", [-240]: "EDT" },
  "America/Halifax": { [-240]: "AST", [-180]: "ADT" },
  "America/Moncton": { [-240]: "AST", [-180]: "ADT" },
  "America/St_Johns": { [-210]: "NST", [-150]: "NDT" },
  "America/Winnipeg": { [-360]: "CST", [-300]: "CDT" },
  "America/Regina": "CST",
  "America/Edmonton": "MT",
  "America/Whitehorse": "MT",
  "America/Vancouver": "PT",
};

/** "EST", "MT", or "UTC−3" for a zone without a customary name; `minutes` is how far its clocks are ahead of UTC. */
export function zoneLabel(name: string, minutes: number): string {
  const known = names[name];
  return (typeof known === "string" ? known : known?.[minutes]) ?? offsetWords(minutes);
}
