import { z } from "zod";
import { environment } from "#platform/config/environment.ts";
import { readDataset, type DatasetRow } from "./dataset-columns.ts";
import { jsonOf } from "./json.ts";
import { SourceFormatError, type Source, type SourceDocument } from "./source.ts";

/** Who may see the token. */
const hosts = ["datasets-server.huggingface.co", "huggingface.co"];
/** Rows in one answer at most. */
const pageRows = 100;

const Page = z.looseObject({
  features: z.array(z.looseObject({ name: z.string() })),
  rows: z.array(z.looseObject({ row_idx: z.number().int(), row: z.record(z.string(), z.unknown()), truncated_cells: z.array(z.string()).optional() })),
  num_rows_total: z.number().int().optional(),
  partial: z.boolean().optional(),
});
const Failure = z.looseObject({ error: z.string() });

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
  // No set with the columns that are read here is known at Hugging Face: whoever has one names it.
  missingSetting: () => "the name of a set (npm run ingest -- huggingface.dataset --dataset owner/name)",
  zone: "Etc/GMT+5",
  rules: {
    unit: "MW and CAD/MWh, from what a set calls kWh and ¢/kWh; MWh of a month",
    time: "Ontario's hour 1 to 24 names the hour that ends then, EST; a month is that of the province's clocks",
    sign: "Demand and generation are positive",
  },
  documents: () => [],
  headersFor: ({ protocol, host }) => (protocol === "https:" && hosts.includes(host) ? tokenHeader() : {}),
  setPages: {
    first: (set) => pageOf(setNamed(set), 0),
    others: (set, { bytes }) => {
      const page = jsonOf(bytes, z.union([Page, Failure]));
      if (!isPage(page)) throw new SourceFormatError(`Hugging Face answers with an error: ${page.error}`);
      if (page.num_rows_total === undefined) throw new SourceFormatError(`Hugging Face doesn't say how many rows ${set} has`);
      if (page.num_rows_total === 0) throw new SourceFormatError(`The set ${set} has no rows`);
      return [...pagesOf({ ...setNamed(set), rows: page.num_rows_total })].slice(1);
    },
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
    const { num_rows_total: all = 0 } = page;
    return {
      ...reading,
      warnings: [
        ...reading.warnings,
        ...(page.partial === true ? ["The set is larger than what Hugging Face serves of it"] : []),
        ...(page.rows[0]?.row_idx === 0 && all > rows.length ? [`The first page has ${rows.length} of the set's ${all} rows: --dataset owner/name reads them all`] : []),
      ],
    };
  },
};

/** The pages of a set's rows, in order. */
export function* pagesOf({ rows, ...set }: HuggingFaceSet): Generator<SourceDocument> {
  for (let offset = 0; offset < rows; offset += pageRows) yield pageOf(set, offset, Math.min(pageRows, rows - offset));
}

function pageOf({ dataset, config, split }: Omit<HuggingFaceSet, "rows">, offset: number, length = pageRows): SourceDocument {
  const query = new URLSearchParams({ dataset, config, split });
  return { url: `https://datasets-server.huggingface.co/rows?${query.toString()}&offset=${offset}&length=${length}`, headers: tokenHeader() };
}

/** Hugging Face gives a set without parts of its own one called "default", and its rows are "train" unless it is split. */
function setNamed(dataset: string): Omit<HuggingFaceSet, "rows"> {
  return { dataset, config: "default", split: "train" };
}

function tokenHeader(): Record<string, string> {
  const token = environment().HF_TOKEN;
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
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
