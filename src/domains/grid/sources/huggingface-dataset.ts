import { z } from "zod";
import { environment } from "#platform/config/environment.ts";
import { readDataset, type DatasetRow } from "./dataset-columns.ts";
import { jsonOf } from "./json.ts";
import { SourceFormatError, type Source, type SourceDocument } from "./source.ts";

/** Rows in one answer at most. */
const pageRows = 100;

const Page = z.looseObject({
  features: z.array(z.looseObject({ name: z.string() })),
  rows: z.array(z.looseObject({ row_idx: z.number().int(), row: z.record(z.string(), z.unknown()), truncated_cells: z.array(z.string()).optional() })),
  num_rows_total: z.number().int().optional(),
  partial: z.boolean().optional(),
});
const Failure = z.looseObject({ error: z.string() });

/** Sets of history known to have the columns that are read here. None has been found at Hugging Face so far: name one by its address. */
const sets: readonly HuggingFaceSet[] = [];

export interface HuggingFaceSet {
  /** owner/name. */
  dataset: string;
  config: string;
  split: string;
  rows: number;
}

/** History that others have gathered at Hugging Face, a hundred rows at a time. */
export const huggingfaceDataset: Source = {
  id: "huggingface.dataset",
  name: "Hugging Face data sets",
  publisher: "Hugging Face",
  licence: { name: "as each set states", url: "https://huggingface.co/terms-of-service" },
  page: "https://huggingface.co/docs/dataset-viewer/rows",
  cadenceMinutes: 365 * 24 * 60,
  missingSetting: () => (sets.length === 0 ? "the address of a set (npm run ingest -- huggingface.dataset --url …)" : null),
  zone: "Etc/GMT+5",
  rules: {
    unit: "MW and CAD/MWh, from what a set calls kWh and ¢/kWh; MWh of a month",
    time: "Ontario's hour 1 to 24 names the hour that ends then, EST; a month is that of the province's clocks",
    sign: "Demand and generation are positive",
  },
  *documents() {
    for (const set of sets) yield* pagesOf(set);
  },
  read({ bytes }) {
    const page = jsonOf(bytes, z.union([Page, Failure]));
    if (!isPage(page)) throw new SourceFormatError(`Hugging Face answers with an error: ${page.error}`);
    const names = page.features.map(({ name }) => name);
    const rows = page.rows.map(({ row, row_idx: index, truncated_cells: cut = [] }): DatasetRow => {
      if (cut.length > 0) throw new SourceFormatError(`Row ${index} is cut off in ${cut.join(", ")}`);
      if (Object.keys(row).some((name) => !names.includes(name)) || names.some((name) => !(name in row))) throw new SourceFormatError(`Row ${index} has other columns than the set`);
      return Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), cellOf(value, name)]));
    });
    if (new Set(page.rows.map(({ row_idx: index }) => index)).size < rows.length) throw new SourceFormatError("The answer has a row twice");
    if (rows.length === 0) throw new SourceFormatError(`The answer has no rows of ${names.join(", ")}`);
    const reading = readDataset(rows);
    return { ...reading, warnings: page.partial === true ? [...reading.warnings, "The set is larger than what Hugging Face serves of it"] : reading.warnings };
  },
};

/** The addresses of a set's rows, in order. */
export function* pagesOf({ dataset, config, split, rows }: HuggingFaceSet): Generator<SourceDocument> {
  const token = environment().HF_TOKEN;
  const query = new URLSearchParams({ dataset, config, split });
  for (let offset = 0; offset < rows; offset += pageRows) {
    const url = `https://datasets-server.huggingface.co/rows?${query.toString()}&offset=${offset}&length=${Math.min(pageRows, rows - offset)}`;
    yield { url, ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }) };
  }
}

function isPage(page: z.infer<typeof Page> | z.infer<typeof Failure>): page is z.infer<typeof Page> {
  return "rows" in page && Array.isArray(page.rows);
}

function cellOf(value: unknown, name: string): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw new SourceFormatError(`${name} is neither a text nor a number`);
}
