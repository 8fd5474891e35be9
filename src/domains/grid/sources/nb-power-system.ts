import { gridOf, instantsInOrder, instantsOf, parseDay, parseWallTime, spanFrom, type Interval } from "#domains/grid/time/intervals.ts";
import type { Observation, Quality } from "#domains/grid/schema.ts";
import { rowsUnder } from "./csv.ts";
import { distinct } from "./distinct.ts";
import { SourceFormatError, type Payload, type Reading, type Source } from "./source.ts";
import { numberOf, textOf } from "./text.ts";

const zone = "America/Moncton";

/** What a column is about: the page's label, then the archive's, in the order that both have. */
const columns: { labels: string[]; subject: Pick<Observation, "metric"> & { item?: string } }[] = [
  { labels: ["nb load", "nb_load"], subject: { metric: "load" } },
  { labels: ["nb demand", "nb_demand"], subject: { metric: "demand" } },
  { labels: ["iso-ne", "iso_ne"], subject: { metric: "scheduled-interchange", item: "ISO-NE" } },
  { labels: ["emec"], subject: { metric: "scheduled-interchange", item: "EMEC" } },
  { labels: ["mps"], subject: { metric: "scheduled-interchange", item: "MPS" } },
  { labels: ["nmisa"], subject: { metric: "scheduled-interchange", item: "NMISA" } },
  { labels: ["quebec"], subject: { metric: "scheduled-interchange", item: "QUEBEC" } },
  { labels: ["nova scotia", "nova_scotia"], subject: { metric: "scheduled-interchange", item: "NOVA SCOTIA" } },
  { labels: ["pei"], subject: { metric: "scheduled-interchange", item: "PEI" } },
  { labels: ["10 min reserve margin"], subject: { metric: "reserve-margin", item: "10 min" } },
  { labels: ["10 min spinning reserve margin"], subject: { metric: "reserve-margin", item: "10 min spinning" } },
  { labels: ["30 min reserve margin"], subject: { metric: "reserve-margin", item: "30 min" } },
];
const indexOf = (label: string) => columns.findIndex(({ labels }) => labels.includes(label));
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** New Brunswick now: load, demand, scheduled interchange and reserves, from a page for people; and its archive in CSV. */
export const nbPowerSystem: Source = {
  id: "nb-power.system",
  name: "NB Power system information",
  publisher: "NB Power",
  licence: { name: "NB Power, no open licence stated", url: "https://tso.nbpower.com/Public/en/SystemInformation_realtime.asp" },
  page: "https://tso.nbpower.com/Public/en/SystemInformation_realtime.asp",
  cadenceMinutes: 5,
  zone,
  rules: {
    unit: "MW",
    time: "The five minutes that the page's own time lies in, or, where it has none, those in which it was fetched; values may be up to five minutes "
      + "older, so they are preliminary. The archive names an hour's beginning by Atlantic time, twice when the clocks go back",
    sign: "Positive interchange is export",
  },
  *documents(range) {
    if (range && range.to.getTime() < Date.now() - 3_600_000) return;
    yield { url: "https://tso.nbpower.com/Public/en/SystemInformation_realtime.asp" };
  },
  read(payload) {
    const text = textOf(payload.bytes, { html: true });
    if (/^\s*</.test(text) && text.length > pageAtMost) throw new SourceFormatError(`The page has ${text.length} characters, more than ${pageAtMost}`);
    return /^\s*</.test(text) ? readPage(text, payload) : readArchive(text);
  },
};

/** The real page has some 3,000. Patterns that look for tags take their time with long ones. */
const pageAtMost = 50_000;

/** The table whose one row has the labels and whose next one has the values. */
function readPage(text: string, { fetchedAt }: Payload): Reading {
  const page = text.replaceAll(/<!--.*?-->/gs, "");
  if (!/<title>\s*NB Power\s*<\/title>/i.test(page) || !/<\/html>\s*$/i.test(page)) throw new SourceFormatError("The page isn't NB Power's, or not whole");
  if (!/positive values are exports and negative values are imports/i.test(page)) throw new SourceFormatError("The page doesn't say that positive values are exports");
  const rows = [...page.matchAll(/<tr\b[^>]*>(.*?)<\/tr>/gis)].map(([, row = ""]) => [...row.matchAll(/<td\b[^>]*>(.*?)<\/td>/gis)].map(([, cell = ""]) => wordsOf(cell)));
  const at = rows.findIndex((cells) => cells.some((cell) => cell.toLowerCase() === "nb load") && cells.some((cell) => cell.toLowerCase() === "nb demand"));
  const [labels = [], values = []] = [rows[at], rows[at + 1]];
  if (at === -1 || labels.length !== values.length) throw new SourceFormatError(`The page has ${values.length} values for ${labels.length} labels`);
  const { subjects, warnings } = subjectsOf(labels);
  const interval = gridOf(momentOf(page, fetchedAt) ?? fetchedAt, 5);
  return { publishedAt: momentOf(page, fetchedAt), observations: distinct(observationsOf(subjects, values, interval, "preliminary")), warnings };
}

/** The archive by hour, a column for each label. */
function readArchive(text: string): Reading {
  const { rows, warnings } = rowsUnder(text, ["hour", "nb_load", "nb_demand"]);
  const { subjects, warnings: unknown } = subjectsOf(Object.keys(rows[0] ?? {}).filter((name) => name !== "hour"));
  const walls = rows.map((row) => parseWallTime(row["hour"] ?? ""));
  const naive = walls.map(({ year, month, day, hour, minute }) => Date.UTC(year, month - 1, day, hour, minute));
  if (naive.some((time, i) => time % 3_600_000 !== 0 || (i > 0 && time < (naive[i - 1] ?? 0)))) throw new SourceFormatError("The archive's hours aren't in order");
  const instants = instantsInOrder(walls, zone);
  const observations = rows.flatMap((row, i) => {
    const start = instants[i];
    if (start) return observationsOf(subjects, Object.entries(row).filter(([name]) => name !== "hour").map(([, value]) => value), spanFrom(start, 60), "measured");
    unknown.push(`${row["hour"]} can't be told on the day that the clocks change: its values were left out`);
    return [];
  });
  return { publishedAt: null, observations: distinct(observations), warnings: [...warnings, ...unknown] };
}

/** What each column is about; null, with a warning, for what isn't known. Throws when they are in another order: values stand below by place. */
function subjectsOf(labels: readonly string[]): { subjects: ((typeof columns)[number]["subject"] | null)[]; warnings: string[] } {
  const places = labels.map((label) => indexOf(label.toLowerCase()));
  const known = places.filter((place) => place !== -1);
  if (known.some((place, i) => i > 0 && place <= (known[i - 1] ?? -1))) throw new SourceFormatError(`The columns are in another order: ${labels.join(", ")}`);
  return {
    subjects: places.map((place) => columns[place]?.subject ?? null),
    warnings: labels.filter((_, i) => places[i] === -1).map((label) => `The column ${label} isn't known: it was left out`),
  };
}

function observationsOf(subjects: ReturnType<typeof subjectsOf>["subjects"], values: readonly string[], interval: Interval, quality: Quality): Observation[] {
  return subjects.flatMap((subject, i) => (subject ? [{ region: "CA-NB", unit: "MW", quality, ...subject, ...interval, value: numberOf(values[i]) } as const] : []));
}

/** `Jul 16, 2017 22:57:29 Atlantic Time`; null when the page has none. In the hour that comes twice, the one nearer to when it was fetched. */
function momentOf(page: string, fetchedAt: Date): Date | null {
  const stated = /([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) (\d{2}):(\d{2}):(\d{2}) Atlantic Time/.exec(wordsOf(page));
  if (!stated) {
    if (/Atlantic/i.test(page)) throw new SourceFormatError("The page's time isn't written as it used to be");
    return null;
  }
  const [, month = "", day, year, hour, minute, second] = stated;
  const date = parseDay(`${year}-${months.indexOf(month) + 1}-${day}`);
  const moments = instantsOf({ ...date, hour: Number(hour), minute: Number(minute) }, zone).map((at) => new Date(at.getTime() + Number(second) * 1_000));
  const near = moments.length < 2 ? moments : moments.filter((at) => Math.abs(at.getTime() - fetchedAt.getTime()) < 30 * 60_000);
  const [moment] = near;
  if (!moment || near.length > 1) throw new SourceFormatError(`${stated[0]} is no time, or one of two, by Atlantic clocks`);
  return moment;
}

function wordsOf(html: string): string {
  return html.replaceAll(/<[^<>]*>/g, " ").replaceAll(/&nbsp;|\s+/g, " ").replaceAll(/\s+/g, " ").trim();
}
