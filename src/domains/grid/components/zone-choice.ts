import { est, utc, type Clock } from "#lib/clock.ts";

/** Whose clocks a page shows: Ontario's market's, those of each region's capital, or UTC. */
export const zoneChoices = ["operator", "local", "utc"] as const;
export type ZoneChoice = (typeof zoneChoices)[number];

export const zoneChoiceNames: Readonly<Record<ZoneChoice, string>> = { operator: "EST (UTC−5)", local: "Local times", utc: "UTC" };

/** The choice that an address holds as `tz`; Eastern Standard Time where it holds none, or one that doesn't exist. */
export function toZoneChoice(value: string | string[] | undefined): ZoneChoice {
  return zoneChoices.find((choice) => choice === value) ?? "operator";
}

/** The clock of a choice; `local` is the one of what is shown. */
export function clockFor(choice: ZoneChoice, local: Clock): Clock {
  return { operator: est, utc, local }[choice];
}
