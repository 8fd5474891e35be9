import type { Problem } from "#lib/problem.ts";
import { problemOf } from "#lib/problem.ts";
import { api } from "#ui/api/client.ts";
import type { Metric, Region } from "#domains/grid/schema.ts";
import type { Resolution, SeriesAnswer } from "#domains/grid/series/series-schema.ts";

/** What a card asks the API for. */
export interface Question {
  region: Region;
  /** Left out, generation by fuel is asked for, with imports and exports. */
  metric?: Metric;
  item?: string;
  /** Days of the zone, `to` excluded. */
  from: string;
  to: string;
  tz: string;
  resolution: Resolution;
  as_of?: string;
}

/** More than any line of a chart has before it is drawn more coarsely anyway. */
const points = 20_000;

/** Answers in the questions' order. The first must be there; null and a problem stand for each other one that failed. */
export interface Answers {
  answers: (SeriesAnswer | null)[];
  problems: Problem[];
}

/** Asks all questions at once. Throws what the first one's request throws. */
export async function loadAnswers([first, ...others]: readonly Question[], signal: AbortSignal): Promise<Answers> {
  if (!first) return { answers: [], problems: [] };
  const [main, ...rest] = await Promise.all([load(first, signal), ...others.map((question) => load(question, signal).catch((error: unknown) => problemOf(error)))]);
  const failed = rest.filter((each): each is Problem => "title" in each);
  return { answers: [main, ...rest.map((each) => ("title" in each ? null : each))], problems: failed };
}

async function load({ metric, ...question }: Question, signal: AbortSignal): Promise<SeriesAnswer> {
  const { data } = metric === undefined
    ? await api.GET("/api/grid/generation", { params: { query: { ...question, points } }, signal })
    : await api.GET("/api/grid/series", { params: { query: { ...question, metric, points } }, signal });
  if (data === undefined || typeof data === "string") throw new Error("The answer isn’t the one asked for");
  return data;
}

/** Where the values of a question are as a file. */
export function csvHref({ metric, ...question }: Question): string {
  const query = new URLSearchParams({ ...question, ...(metric === undefined ? {} : { metric }), format: "csv" });
  return `/api/grid/${metric === undefined ? "generation" : "series"}?${query}`;
}
