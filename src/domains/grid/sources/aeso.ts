import { z } from "zod";
import { environment } from "#platform/config/environment.ts";
import { parseDay, parseInstant, spanFrom, stretchesOf, wallTimeAt, zonedHourEnding, type Day, type Interval } from "#domains/grid/time/intervals.ts";
import { rowsUnder, type Row } from "./csv.ts";
import { jsonOf } from "./json.ts";
import { SourceFormatError, type Payload, type SourceDocument, type TimeRange } from "./source.ts";
import { numberOf, textOf } from "./text.ts";

/** AESO's days are those of Alberta's clocks. */
export const aesoZone = "America/Edmonton";
export const aesoLicence = { name: "AESO terms of use, non-commercial", url: "https://www.aeso.ca/legal/" };
export const aesoPage = "https://www.aeso.ca/market/market-and-system-reporting/";
/** The public reports have no https. */
export const aesoReportHost = "ets.aeso.ca";
const reports = `http://${aesoReportHost}/ets_web/ip/Market/Reports`;
const apiHost = "apimgw.aeso.ca";
const api = `https://${apiHost}/public`;

/** Where a public report is, as CSV. */
export function aesoReport(servlet: string, stretch?: { first: Day; last: Day }): SourceDocument {
  const shown = ({ year, month, day }: Day) => `${pad(month)}${pad(day)}${year}`;
  // The end isn't included.
  const dates = stretch ? `&beginDate=${shown(stretch.first)}&endDate=${shown(dayAfter(stretch.last))}` : "";
  return { url: `${reports}/${servlet}?contentType=csv${dates}` };
}

/** Where a report of the API is, for days that are both included; null without a key. */
export function aesoApiDocument(path: string, stretch?: { first: Day; last: Day }): SourceDocument | null {
  const headers = keyHeader();
  if (headers === null) return null;
  const shown = ({ year, month, day }: Day) => `${year}-${pad(month)}-${pad(day)}`;
  const dates = stretch ? `?startDate=${shown(stretch.first)}&endDate=${shown(stretch.last)}` : "";
  return { url: `${api}/${path}${dates}`, headers };
}

/** The API's key for an address that a person gives: for the API's own host, and for no other. */
export function aesoHeadersFor({ protocol, host }: URL): Record<string, string> {
  return protocol === "https:" && host === apiHost ? (keyHeader() ?? {}) : {};
}

/** Null without a key. */
function keyHeader(): Record<string, string> | null {
  const key = environment().AESO_API_KEY;
  return key === undefined ? null : { "API-KEY": key, "Cache-Control": "no-cache" };
}

/** The days that a range touches in stretches; without a range, yesterday and today. */
export function aesoStretches(range: TimeRange | undefined, mostDays: number): Iterable<{ first: Day; last: Day }> {
  const now = new Date();
  return stretchesOf(range ?? { from: new Date(now.getTime() - 24 * 3_600_000), to: new Date(now.getTime() + 1) }, aesoZone, mostDays);
}

/** Whether a document is JSON: the API's, not a report. */
export function isJson({ bytes }: Payload): boolean {
  return /^\s*[{[]/.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}

const Envelope = z.looseObject({
  timestamp: z.string().optional(), responseCode: z.union([z.string(), z.number()]).optional(),
  statusCode: z.union([z.string(), z.number()]).optional(), message: z.string().optional(), return: z.unknown().optional(),
});

/** What the API returns, with or without its envelope. Throws SourceFormatError for its errors and for what isn't `schema`. */
export function aesoReturn<T>(bytes: Uint8Array, schema: z.ZodType<T>): { publishedAt: Date | null; content: T } {
  const document = jsonOf(bytes, Envelope);
  if (document.statusCode !== undefined || (document.responseCode !== undefined && String(document.responseCode) !== "200")) {
    throw new SourceFormatError(`AESO answers with an error: ${document.message ?? document.statusCode ?? document.responseCode}`);
  }
  const parsed = schema.safeParse(document.return ?? document);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new SourceFormatError(`The document isn't what is expected at ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }
  return { publishedAt: document.timestamp === undefined ? null : parseInstant(document.timestamp), content: parsed.data };
}

export const AesoTimes = { begin_datetime_utc: z.string(), begin_datetime_mpt: z.string().optional() };

/** The hour that a row of the API is about, by its time in UTC. */
export function hourOfRow(row: { begin_datetime_utc: string; begin_datetime_mpt?: string | undefined }): Interval {
  const start = parseInstant(row.begin_datetime_utc);
  if (start.getTime() % 3_600_000 !== 0) throw new SourceFormatError(`${row.begin_datetime_utc} begins no hour`);
  return spanFrom(start, 60);
}

/** Names the rows whose two times differ by more than an Albertan clock can: UTC counts. */
export function clockWarnings(rows: readonly { begin_datetime_utc: string; begin_datetime_mpt?: string | undefined }[]): string[] {
  const odd = rows.filter(({ begin_datetime_utc: utc, begin_datetime_mpt: local }) => {
    if (local === undefined) return false;
    const { hour, minute } = wallTimeAt(parseInstant(utc), aesoZone);
    return !local.trim().endsWith(`${pad(hour)}:${pad(minute)}`);
  });
  return odd.length === 0 ? [] : [`${odd.length} times in MPT aren't those of UTC by Alberta's clocks, the first ${odd[0]?.begin_datetime_mpt}: UTC was taken`];
}

/** The hour of a report's name for it, such as `09/02/2026 07` or, the second time in autumn, `11/03/2024 02*`. */
export function reportHour(text: string | undefined): Interval {
  const parts = /^(\d{2}\/\d{2}\/\d{4}) (\d{2})(\*?)$/.exec((text ?? "").trim());
  if (!parts) throw new SourceFormatError(`${JSON.stringify((text ?? "").slice(0, 40))} is no hour of a report`);
  return zonedHourEnding(parseDay(parts[1] ?? "", /^(?<month>\d{2})\/(?<day>\d{2})\/(?<year>\d{4})$/), Number(parts[2]), aesoZone, parts[3] === "*");
}

/** The rows of a report in CSV, with a warning for each column that isn't known. */
export function reportRows(bytes: Uint8Array, needed: readonly string[], known: readonly string[]): { rows: Row[]; warnings: string[] } {
  const { rows, warnings } = rowsUnder(textOf(bytes), needed);
  const unknown = Object.keys(rows[0] ?? {}).filter((name) => name !== "" && !needed.includes(name) && !known.includes(name));
  return { rows, warnings: [...warnings, ...unknown.map((name) => `The column ${name} isn't known: it was left out`)] };
}

/** A price such as 13.90 or $13.90. */
export function priceOf(text: string | undefined): number | null {
  return numberOf(text?.trim().replace(/^\$/, ""));
}

function dayAfter({ year, month, day }: Day): Day {
  const date = new Date(Date.UTC(year, month - 1, day + 1));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
