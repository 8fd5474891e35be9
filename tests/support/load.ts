import { z } from "zod";
import { Answer, AskEvents } from "#domains/assistant/index.ts";
import { ChartExplanation } from "#domains/insights/index.ts";
import { readEventStream } from "#lib/event-stream.ts";
import { Problem } from "#platform/http/problem.ts";

/** Beyond this a request counts as hanging. */
const hangsMs = 20_000;

/** Sends requests at a steady pace, whether or not earlier ones have been answered; answers a function that stops and waits for all answers. */
export function startLoad(perSecond: number, send: (number: number) => Promise<void>): () => Promise<void> {
  const sent: Promise<void>[] = [];
  const timer = setInterval(() => sent.push(send(sent.length)), 1_000 / perSecond);
  return async () => {
    clearInterval(timer);
    await Promise.all(sent);
  };
}

/** Sends JSON as a program does; rejects when the answer doesn't come in time, or its connection is cut. */
export function post(url: string, headers: Record<string, string>, json: object): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(json), signal: AbortSignal.timeout(hangsMs) });
}

export type Kind = "document" | "stream" | "insight";

/**
 * What came of a request for an answer: its mode, the code of its note or problem, "cut" where the connection was; or what is wrong with
 * it. Reads it to its end. Throws when it isn't in the form that the API describes.
 */
export async function outcomeOf(kind: Kind, responding: Promise<Response>): Promise<string> {
  try {
    return await outcome(kind, await responding);
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") return "hangs";
    // As fetch says that there is no connection, or no more.
    if (error instanceof TypeError) return "cut";
    throw error;
  }
}

async function outcome(kind: Kind, response: Response): Promise<string> {
  const { status, headers } = response;
  if (!z.uuid().safeParse(headers.get("x-request-id")).success || !headers.has("x-ratelimit-limit")) return `${status} without its headers`;
  if (status !== 200) return refusal(Problem.parse(await response.json()), headers.get("retry-after"));
  if (kind === "stream") return lastOf(response);
  const json: unknown = await response.json();
  return kind === "document" ? answer(Answer.parse(json)) : explanation(ChartExplanation.parse(json));
}

function answer({ mode, citations, partial }: Answer): string {
  return `${mode}${citations.length === 0 ? " without sources" : ""}${partial ? ", in part" : ""}`;
}

function explanation({ mode, note }: ChartExplanation): string {
  return note ? `${mode}, ${note.code}` : mode;
}

function refusal({ code, status, retryAfterSeconds }: Problem, retryAfter: string | null): string {
  return retryAfter !== null && retryAfter === String(retryAfterSeconds) ? code : `${status} ${code} without when to try again`;
}

/** A stream ends with `done`, or with an `error` that says what a refusal would. */
async function lastOf({ body }: Response): Promise<string> {
  let [last, said] = ["", ""];
  for await (const { event, data } of readEventStream(body ?? new ReadableStream())) {
    last = event;
    if (event === "answer") said = answer(AskEvents.answer.parse(JSON.parse(data)).answer);
    if (event !== "error") continue;
    const problem = Problem.parse(JSON.parse(data));
    said = refusal(problem, String(problem.retryAfterSeconds));
  }
  return last === "done" || last === "error" ? said : `a stream that ends with ${last}`;
}
