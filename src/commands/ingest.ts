/** npm run ingest: fetches a source's documents, or reads one that is at hand, and stores what they hold. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { runCommand, runOnDatabase } from "./run.ts";
import { fetchDocument, findSource, ingest, ingestPayload, seriesName, sources, type IngestOutcome, type Payload, type Source, type SourceDocument, type TimeRange } from "#domains/grid/server.ts";

const usage = `npm run ingest -- <source> [--file PATH | --url URL | --dataset OWNER/NAME] [--from DATE --to DATE] [--again] [--dry-run [--json]]
  Without --file, --url and --dataset the source's own documents are fetched: the newest, or those of --from (inclusive) to --to (exclusive).
  --dataset  a whole set by its name, page by page (huggingface.dataset; HF_TOKEN is sent where it is set)
  --again    reads documents once more that were read before
  --dry-run  stores nothing and says what it found; with --json as one observation a line
  Sources: ${sources.map(({ id }) => id).join(", ")}`;

interface Choice {
  source: Source;
  file: string | undefined;
  url: string | undefined;
  dataset: string | undefined;
  range: TimeRange | undefined;
  again: boolean;
  dryRun: boolean;
  json: boolean;
}

/** What the command line asks for. Throws with the usage. */
function choose(): Choice {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      file: { type: "string" }, url: { type: "string" }, dataset: { type: "string" }, from: { type: "string" }, to: { type: "string" },
      again: { type: "boolean", default: false }, "dry-run": { type: "boolean", default: false }, json: { type: "boolean", default: false },
    },
  });
  const source = findSource(positionals[0] ?? "");
  const dates = z.object({ from: z.iso.date().or(z.iso.datetime()).optional(), to: z.iso.date().or(z.iso.datetime()).optional() }).safeParse(values);
  const oneOf = [values.file, values.url, values.dataset, values.from].filter((value) => value !== undefined).length <= 1;
  if (!source || positionals.length !== 1 || !dates.success || (values.to !== undefined && values.from === undefined) || !oneOf || (values.json && !values["dry-run"])) throw new Error(usage);
  if (values.dataset !== undefined && !(source.setPages && /^[\w.-]+\/[\w.-]+$/.test(values.dataset))) throw new Error(`--dataset takes owner/name, of one of: ${sources.filter(({ setPages }) => setPages).map(({ id }) => id).join(", ")}.`);
  const range = dates.data.from === undefined ? undefined : { from: new Date(dates.data.from), to: dates.data.to === undefined ? new Date() : new Date(dates.data.to) };
  if (range && range.from >= range.to) throw new Error("--from must be before --to.");
  return { source, file: values.file, url: values.url, dataset: values.dataset, range, again: values.again, dryRun: values["dry-run"], json: values.json };
}

/** The documents that the choice names, one after the other, as they come. */
async function* payloadsOf(choice: Choice): AsyncGenerator<Payload> {
  const { source, file } = choice;
  if (file !== undefined) {
    yield { bytes: await readFile(file), origin: basename(file), fetchedAt: new Date() };
    return;
  }
  for (const document of await documentsOf(choice)) {
    const fetched = await fetchDocument(source, document, null);
    if (fetched.kind === "fresh") yield { bytes: fetched.bytes, origin: document.url, fetchedAt: fetched.fetchedAt };
    else if (document.mayBeMissing) console.error(`${document.url}: there is nothing at this address`);
    else throw new Error(`${document.url}: there is nothing at this address`);
  }
}

/** The documents that the choice names, with the source's credentials where they are at its own hosts. Throws when there are none. */
async function documentsOf({ source, url, dataset, range }: Choice): Promise<SourceDocument[]> {
  if (url !== undefined) return [{ url, headers: URL.canParse(url) ? (source.headersFor?.(new URL(url)) ?? {}) : {} }];
  if (dataset === undefined || !source.setPages) return listedBy(source, range);
  const first = source.setPages.first(dataset);
  const fetched = await fetchDocument(source, first, null);
  if (fetched.kind !== "fresh") throw new Error(`There is no set ${dataset}, or it isn't open to you: ${first.url} has nothing.`);
  const documents = source.setPages.all(dataset, { bytes: fetched.bytes, origin: first.url, fetchedAt: fetched.fetchedAt });
  if (documents.length === 0) throw new Error(`The set ${dataset} has no rows.`);
  return documents;
}

/** The source's own documents. Throws when it can't be asked, or publishes none of that time: nothing read is no success. */
function listedBy(source: Source, range: TimeRange | undefined): SourceDocument[] {
  const missing = source.missingSetting?.() ?? null;
  if (missing !== null) throw new Error(`${source.id} can't be asked: it needs ${missing}, which isn't set.`);
  const documents = [...source.documents(range)];
  if (documents.length === 0) throw new Error(`${source.id} publishes nothing of ${range === undefined ? "the present. Name a time with --from and --to" : "that time"}.`);
  return documents;
}

async function show(choice: Choice): Promise<void> {
  const { source, json } = choice;
  for await (const payload of payloadsOf(choice)) {
    const { observations, warnings, publishedAt } = source.read(payload);
    for (const warning of warnings) console.error(`Warning: ${warning}`);
    if (json) {
      for (const observation of observations) {
        const { region, metric, fuel, start, end, value, unit, quality } = observation;
        console.log(JSON.stringify({ series: seriesName(source, observation), region, metric, ...(fuel === undefined ? {} : { fuel }), start, end, value, unit, quality }));
      }
      continue;
    }
    const starts = observations.map(({ start }) => start.getTime());
    const missing = observations.filter(({ value }) => value === null).length;
    console.log(`${payload.origin}: ${observations.length} observations (${missing} without a value) of ${new Set(observations.map((each) => seriesName(source, each))).size} series`);
    if (starts.length > 0) console.log(`  from ${new Date(least(starts)).toISOString()} to ${new Date(-least(starts.map((at) => -at))).toISOString()}`);
    if (publishedAt) console.log(`  published ${publishedAt.toISOString()}`);
  }
}

const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));

async function store({ source, file, url, dataset, again }: Choice, documents: SourceDocument[]): Promise<IngestOutcome> {
  const line = (text: string, last: boolean) => {
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}${last ? "\n" : ""}`);
    else if (last) console.log(text);
  };
  if (file !== undefined) {
    const payload = { bytes: await readFile(file), origin: basename(file), fetchedAt: new Date() };
    return ingestPayload(source, payload, (stored, all) => line(`${stored} of ${all} observations`, stored === all), again);
  }
  const stop = new AbortController();
  process.once("SIGINT", () => {
    console.error("\nStopping after this document. The same command goes on from here.");
    stop.abort();
  });
  return ingest(source, {
    cause: url === undefined && dataset === undefined ? "command" : "address", again, signal: stop.signal,
    documents,
    onProgress: ({ document, documents: all, stored, observations, url: from }) =>
      line(`${document} of ${all}: ${from}${observations > 0 ? ` (${stored} of ${observations})` : ""}`, stored === observations && observations > 0),
  });
}

await runCommand(async () => {
  const choice = choose();
  if (choice.dryRun) return show(choice);
  const chosen = choice.file === undefined ? await documentsOf(choice) : [];
  await runOnDatabase(async (database) => {
    const { outcome, documents, observations, inserted, revised, late, unchanged, missing, warnings, error } = await store(choice, chosen);
    for (const warning of warnings) console.error(`Warning: ${warning}`);
    console.log(`${choice.source.id} into ${database.description}: ${outcome}`);
    console.log(`${documents} documents (${unchanged} unchanged, ${missing} missing), ${observations} observations: ${inserted} new, ${revised} revised, ${late} older than what is there`);
    if (error !== null) throw new Error(error);
  });
});
