/** npm run ingest: fetches a source's documents, or reads one that is at hand, and stores what they hold. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { runCommand, runOnDatabase } from "./run.ts";
import { checkReading, fetchDocument, findSource, ingest, ingestPayload, seriesName, sources, type IngestOutcome, type Payload, type Source, type SourceDocument, type TimeRange } from "#domains/grid/server.ts";

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

/** The documents at an address or of the source's own list, with its credentials where they are at its own hosts. Throws when there are none. */
function documentsOf({ source, url, range }: Choice): SourceDocument[] {
  if (url !== undefined) return [{ url, headers: URL.canParse(url) ? (source.headersFor?.(new URL(url)) ?? {}) : {} }];
  const missing = source.missingSetting?.() ?? null;
  if (missing !== null) throw new Error(`${source.id} can't be asked: it needs ${missing}, which isn't set.`);
  const documents = [...source.documents(range)];
  // Nothing read is no success.
  if (documents.length === 0) throw new Error(`${source.id} publishes nothing of ${range === undefined ? "the present. Name a time with --from and --to" : "that time"}.`);
  return documents;
}

/** All pages of a set, the first one as it was fetched to count them. Throws when it can't be had. */
async function pagesOf({ source, dataset = "" }: Choice): Promise<SourceDocument[]> {
  if (!source.setPages) throw new Error(usage);
  const first = source.setPages.first(dataset);
  const fetched = await fetchDocument(source, first, null);
  if (fetched.kind !== "fresh") throw new Error(`There is no set ${dataset}, or it isn't open to you: ${first.url} has nothing.`);
  return [{ ...first, fetched }, ...source.setPages.others(dataset, { ...fetched, origin: first.url })];
}

async function payloadOfFile(path: string): Promise<Payload> {
  return { bytes: await readFile(path), origin: basename(path), fetchedAt: new Date() };
}

/** Says what documents hold, as it would be stored. */
async function showAll(choice: Choice, documents: readonly SourceDocument[]): Promise<void> {
  for (const document of documents) {
    const fetched = await fetchDocument(choice.source, document, null);
    if (fetched.kind === "fresh") show(choice, { bytes: fetched.bytes, origin: document.url, fetchedAt: fetched.fetchedAt });
    else if (document.mayBeMissing) console.error(`${document.url}: there is nothing at this address`);
    else throw new Error(`${document.url}: there is nothing at this address`);
  }
}

function show({ source, json }: Choice, payload: Payload): void {
  const { observations, warnings, publishedAt } = checkReading(source.read(payload), payload);
  for (const warning of warnings) console.error(`Warning: ${warning}`);
  if (json) {
    for (const observation of observations) {
      const { region, metric, fuel, start, end, value, unit, quality } = observation;
      console.log(JSON.stringify({ series: seriesName(source, observation), region, metric, ...(fuel === undefined ? {} : { fuel }), start, end, value, unit, quality }));
    }
    return;
  }
  const starts = observations.map(({ start }) => start.getTime());
  const missing = observations.filter(({ value }) => value === null).length;
  console.log(`${payload.origin}: ${observations.length} observations (${missing} without a value) of ${new Set(observations.map((each) => seriesName(source, each))).size} series`);
  if (starts.length > 0) console.log(`  from ${new Date(least(starts)).toISOString()} to ${new Date(-least(starts.map((at) => -at))).toISOString()}`);
  if (publishedAt) console.log(`  published ${publishedAt.toISOString()}`);
}

const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));

/** Shows how far the work is: on a terminal in one line, elsewhere once it is done. */
function line(text: string, last: boolean): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}${last ? "\n" : ""}`);
  else if (last) console.log(text);
}

function storeFile({ source, again }: Choice, payload: Payload): Promise<IngestOutcome> {
  return ingestPayload(source, payload, (stored, all) => line(`${stored} of ${all} observations`, stored === all), again);
}

function storeAll({ source, url, dataset, again }: Choice, documents: SourceDocument[]): Promise<IngestOutcome> {
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

/** Says how it went. Throws when it failed. */
function report({ source }: Choice, into: string, { outcome, documents, observations, inserted, revised, late, unchanged, missing, warnings, error }: IngestOutcome): void {
  for (const warning of warnings) console.error(`Warning: ${warning}`);
  console.log(`${source.id} into ${into}: ${outcome}`);
  console.log(`${documents} documents (${unchanged} unchanged, ${missing} missing), ${observations} observations: ${inserted} new, ${revised} revised, ${late} older than what is there`);
  if (error !== null) throw new Error(error);
}

await runCommand(async () => {
  const choice = choose();
  if (choice.file !== undefined) {
    const payload = await payloadOfFile(choice.file);
    if (choice.dryRun) return show(choice, payload);
    return runOnDatabase(async ({ description }) => report(choice, description, await storeFile(choice, payload)));
  }
  const listed = choice.dataset === undefined ? documentsOf(choice) : null;
  // What is only shown needs the database, too: it knows which servers asked to be left alone.
  await runOnDatabase(async ({ description }) => {
    const documents = listed ?? (await pagesOf(choice));
    if (choice.dryRun) return showAll(choice, documents);
    report(choice, description, await storeAll(choice, documents));
  });
});
