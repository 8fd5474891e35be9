import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { formatDecimal, multiplyDecimal, parseDecimal } from "#lib/decimal.ts";
import { usageBuckets } from "../usage.ts";
import { Price, services, UsdPerMillion, type CataloguedPrice, type PriceOrigin, type Rate } from "./price-schema.ts";
import { problemsOf } from "./price-rules.ts";

export const checkedInPrices = join("supabase", "seed", "prices", "models.csv");

/** Vendors quote searches by the thousand, tokens by the million. */
const searchColumn = "web_search_per_thousand";
const bucketColumns = [...usageBuckets.filter((bucket) => bucket !== "web_search"), searchColumn] as const;
const columns = ["provider", "model", "effective_from", "effective_to", "tier_above", "service", "tier", ...bucketColumns, "source", "as_of", "note"];

const optional = <Schema extends z.ZodType>(schema: Schema) => z.union([z.literal("").transform(() => null), schema]);
const Line = z.object({
  provider: Price.shape.provider, model: Price.shape.model, effective_from: optional(z.iso.date()), effective_to: optional(z.iso.date()),
  tier_above: optional(z.coerce.number().pipe(z.int().positive())), service: z.enum(services), tier: z.enum(["0", "1"]),
  source: Price.shape.source, as_of: z.iso.date(), note: z.string(),
});
const Rates = z.partialRecord(z.enum(bucketColumns), optional(UsdPerMillion));

/** What keeps a file from being imported: each line says which row and why. */
export class PriceFileError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The prices can't be imported; none of them was.\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "PriceFileError";
    this.problems = problems;
  }
}

/** Reads the checked-in catalogue. Throws PriceFileError. */
export async function readCheckedIn(): Promise<CataloguedPrice[]> {
  return readPrices(await readFile(/* turbopackIgnore: true */ checkedInPrices, "utf8"), "checked-in");
}

/**
 * Prices of a CSV file, of which each line holds the rates of one service and tier in USD for a million tokens. Throws
 * PriceFileError when a line or a column isn't understood, or a price breaks a rule of price-rules.ts: then none of them is taken.
 */
export function readPrices(text: string, origin: PriceOrigin): CataloguedPrice[] {
  const problems: string[] = [];
  const found = new Map<string, { price: Price; line: number }>();
  for (const { line, record } of linesOf(text)) {
    const head = Line.safeParse(record);
    const amounts = Rates.safeParse(Object.fromEntries(bucketColumns.map((column) => [column, record[column] ?? ""])));
    const [issue] = [...(head.error?.issues ?? []), ...(amounts.error?.issues ?? [])];
    if (!head.success || !amounts.success) {
      problems.push(`Line ${line} (${record["model"] || "no model"}): ${issue?.path.join(".")}: ${issue?.message}`);
      continue;
    }
    const { provider, model, effective_from: effectiveFrom, effective_to: effectiveTo, tier_above: tierAbove, source, as_of: asOf, note } = head.data;
    const price: Price = { provider, model, effectiveFrom, effectiveTo, tierAbove, source, asOf, note, rates: [] };
    const key = JSON.stringify([provider, model, effectiveFrom]);
    const known = found.get(key) ?? { price, line };
    if (!found.has(key)) found.set(key, known);
    else if (JSON.stringify({ ...known.price, rates: [] }) !== JSON.stringify(price)) problems.push(`Line ${line} (${model}): says otherwise than line ${known.line} of the same price until when it holds, from how many tokens its tier begins, or where it is from`);
    for (const rate of ratesOf(amounts.data, head.data.service, head.data.tier === "1" ? 1 : 0)) {
      if (known.price.rates.some(({ service, tier, bucket }) => service === rate.service && tier === rate.tier && bucket === rate.bucket)) problems.push(`Line ${line} (${model}): ${rate.service} ${rate.bucket} of tier ${rate.tier} stands twice`);
      known.price.rates.push(rate);
    }
  }
  const prices = [...found.values()];
  problems.push(...problemsOf(prices.map(({ price }) => price)).map(({ price, problem }) => `Line ${prices.find((each) => each.price === price)?.line} (${price.model}): ${problem}`));
  if (problems.length > 0) throw new PriceFileError(problems);
  if (prices.length === 0) throw new PriceFileError(["The file holds no prices."]);
  return prices.map(({ price }) => ({ ...price, origin, version: versionOf(price, origin) }));
}

function linesOf(text: string): { line: number; record: Record<string, string> }[] {
  const Rows = z.array(z.array(z.string()));
  let rows: string[][];
  try {
    rows = Rows.parse(parse(text, { bom: true, skip_empty_lines: true, relax_column_count: false }));
  } catch (error) {
    throw new PriceFileError([`The file isn't CSV: ${error instanceof Error ? error.message : "it can't be read"}`]);
  }
  const [header = [], ...body] = rows;
  const unknown = header.filter((name) => !columns.includes(name));
  const missing = columns.filter((name) => !header.includes(name) && !bucketColumns.some((column) => column === name));
  if (unknown.length + missing.length > 0) {
    throw new PriceFileError([...unknown.map((name) => `Column ${name} is none of ${columns.join(", ")}`), ...missing.map((name) => `Column ${name} is missing`)]);
  }
  return body.map((cells, index) => ({ line: index + 2, record: Object.fromEntries(header.map((name, column) => [name, (cells[column] ?? "").trim()])) }));
}

function ratesOf(amounts: z.infer<typeof Rates>, service: Rate["service"], tier: Rate["tier"]): Rate[] {
  return bucketColumns.flatMap((column): Rate[] => {
    const amount = amounts[column];
    if (amount == null) return [];
    if (column === searchColumn) return [{ service, tier, bucket: "web_search", usdPerMillion: formatDecimal(multiplyDecimal(parseDecimal(amount), 1_000)) }];
    return [{ service, tier, bucket: column, usdPerMillion: formatDecimal(parseDecimal(amount)) }];
  });
}

function versionOf(price: Price, origin: PriceOrigin): string {
  const hash = createHash("sha256").update(JSON.stringify([price, origin])).digest("hex").slice(0, 10);
  return `${price.provider}/${price.model}@${price.effectiveFrom ?? "start"}#${hash}`;
}
