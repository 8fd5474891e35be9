import { instantsOf, parseDay } from "#domains/grid/time/intervals.ts";
import { aesoZone } from "./aeso.ts";
import { borders, fuelOf, type Snapshot } from "./aeso-snapshot.ts";
import { recordsOf } from "./csv.ts";
import { SourceFormatError, type Payload } from "./source.ts";
import { numberOf, textOf } from "./text.ts";

const headlines = ["Alberta Total Net Generation", "Net Actual Interchange", "Alberta Internal Load (AIL)"] as const;
const reserves: Record<string, Omit<Snapshot["reserves"][number], "value">> = {
  "Contingency Reserve Required": { metric: "reserve-required" },
  "Dispatched Contingency Reserve (DCR)": { metric: "reserve-dispatched" },
  "Dispatched Contingency Reserve -Gen": { metric: "reserve-dispatched", item: "generation" },
  "Dispatched Contingency Reserve -Other": { metric: "reserve-dispatched", item: "other" },
  "LSSi Armed Dispatch": { metric: "fast-response-armed" },
  "LSSi Offered Volume": { metric: "fast-response-offered" },
  "FFR Armed Dispatch": { metric: "fast-response-armed" },
  "FFR Offered Volume": { metric: "fast-response-offered" },
  "Long Lead Time Volume": { metric: "long-lead-time-volume" },
};
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * The report in CSV: every line is known by its label, wherever it stands. Two cells are a headline, a reserve or a border;
 * four are a fuel, a unit named `Name (ID)`, or their total.
 */
export function readCsdReport({ bytes, fetchedAt }: Payload): Snapshot {
  const { records, warnings } = recordsOf(textOf(bytes));
  const lines = records.map((cells) => cells.map((cell) => cell.replaceAll(/<[^<>]*>/g, "").replaceAll(/\s+/g, " ").trim()));
  if (!lines.some(([title]) => title === "Current Supply Demand Report")) throw new SourceFormatError("The document isn't AESO's current supply and demand report");
  const single = lines.filter((cells) => cells.length === 1).map(([cell = ""]) => cell);
  const pairs = labelled(lines.filter((cells) => cells.length === 2), 1);
  const rows = labelled(lines.filter((cells) => cells.length === 4 && !["MC", "TNG", "DCR"].includes(cells[1] ?? "")), 3);
  const odd = lines.filter((cells) => ![1, 2, 4].includes(cells.length));
  if (odd[0]) throw new SourceFormatError(`A line of the report has ${odd[0].length} cells: ${odd[0].join(", ").slice(0, 80)}`);

  const [updated, ...others] = new Set(single.flatMap((cell) => /^Last Update ?: ?(.+)$/.exec(cell)?.[1] ?? []));
  if (updated === undefined || others.length > 0) throw new SourceFormatError("The report doesn't say once when it was updated");
  const headline = (label: (typeof headlines)[number]): number => {
    const value = pairs.get(label)?.[0];
    if (value === undefined || value === null) throw new SourceFormatError(`The report has no ${label}`);
    return value;
  };
  const totals = rows.get("TOTAL");
  const netTotal = pairs.get("TOTAL")?.[0];
  if (!totals || netTotal === undefined) throw new SourceFormatError("The report has no totals of its fuels and borders: it isn't whole");
  const [capability = null, generation = null] = totals;
  if (generation !== headline("Alberta Total Net Generation") || netTotal !== headline("Net Actual Interchange")) {
    throw new SourceFormatError(`The report's totals are ${generation} and ${netTotal} MW, not those at its head`);
  }
  const isUnit = (name: string) => /^.+ \([A-Z0-9]{2,8}\)\*?$/.test(name);
  const parts = [...rows].filter(([name]) => name !== "TOTAL").map(([name, [mc = null, tng = null, dcr = null]]) => ({ name, capability: mc, generation: tng, reserve: dcr }));
  const unknown = [...pairs.keys()].filter((label) => ![...headlines, ...borders, ...Object.keys(reserves), "Net-To-Grid Generation", "TOTAL"].includes(label));
  return {
    at: momentOf(updated, fetchedAt),
    publishedAt: momentOf(updated, fetchedAt),
    generation: headline("Alberta Total Net Generation"),
    interchange: headline("Net Actual Interchange"),
    load: headline("Alberta Internal Load (AIL)"),
    toGrid: pairs.get("Net-To-Grid Generation")?.[0] ?? null,
    capability,
    reserves: Object.entries(reserves).flatMap(([label, reserve]) => (pairs.has(label) ? [{ ...reserve, value: pairs.get(label)?.[0] ?? null }] : [])),
    fuels: parts.filter(({ name }) => fuelOf[name] !== undefined || !isUnit(name)),
    flows: borders.flatMap((border) => (pairs.has(border) ? [{ border, value: pairs.get(border)?.[0] ?? null }] : [])),
    flowsComplete: unknown.length === 0,
    // The star marks a footnote, not another unit.
    units: parts.filter(({ name }) => fuelOf[name] === undefined && isUnit(name)).map((unit) => ({ ...unit, name: unit.name.replace(/\*$/, "") })),
    warnings: [...warnings, ...unknown.map((label) => `The line ${label} isn't known: it was left out`)],
  };
}

/** Lines by their label. Throws when a label comes twice with different values. */
function labelled(lines: string[][], count: number): Map<string, (number | null)[]> {
  const known = new Map<string, (number | null)[]>();
  for (const [label = "", ...cells] of lines) {
    const values = cells.slice(0, count).map(numberOf);
    const before = known.get(label);
    if (before && before.join() !== values.join()) throw new SourceFormatError(`The report has two lines ${label} with different values`);
    known.set(label, values);
  }
  return known;
}

/** `May 10, 2024 16:19` by Alberta's clocks. Of the two moments in the hour that comes twice it is the one just before it was fetched. */
function momentOf(text: string, fetchedAt: Date): Date {
  const parts = /^([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4}) (\d{2}):(\d{2})$/.exec(text.trim());
  const month = months.indexOf(parts?.[1] ?? "") + 1;
  if (!parts || month === 0) throw new SourceFormatError(`${JSON.stringify(text.slice(0, 40))} is no time of an update`);
  const time = { ...parseDay(`${parts[3]}-${month}-${parts[2]}`), hour: Number(parts[4]), minute: Number(parts[5]) };
  const moments = instantsOf(time, aesoZone);
  const [moment, ...more] = moments.length < 2 ? moments : moments.filter((at) => Math.abs(fetchedAt.getTime() - at.getTime()) < 30 * 60_000);
  if (!moment || more.length > 0) throw new SourceFormatError(`${text} is ${moments.length === 0 ? "no time" : "two times"} by Alberta's clocks, and when it was fetched doesn't tell which`);
  return moment;
}
