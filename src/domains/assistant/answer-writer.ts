import { randomBytes } from "node:crypto";
import { newId } from "#lib/ids.ts";
import { codeOf, problemOf } from "#platform/http/problem.ts";
import { logError } from "#platform/observability/error-reports.ts";
import { requestContext } from "#platform/observability/request-context.ts";
import type { RetrievalMode } from "#domains/knowledge/index.ts";
import { abstain, quote, type Draft } from "./answers.ts";
import { write, type Asking } from "./generate.ts";
import type { Asked, LookedUp, LookUp } from "./look-up.ts";
import type { Answer, AskEvent } from "./schema.ts";

type DataOf<Name extends AskEvent["event"]> = Extract<AskEvent, { event: Name }>["data"];
/** A question whose passages hold an answer that a model is to write. */
type Open = Extract<LookedUp, { retrieval: unknown }>;

/** A question with its answer; `reused` tells how the passages were found when nothing was searched for it. */
export interface Made {
  looked: LookedUp;
  draft: Draft;
  reused: RetrievalMode | null;
  /** True when somebody has had the same answer before. */
  cached: boolean;
}

/** Makes the answers of one request, and the events' data that tell of them. */
export class AnswerWriter {
  readonly #started = performance.now();
  readonly #traceId = requestContext()?.traceId ?? randomBytes(16).toString("hex");

  /** How much was found for each question, in the order of the request. */
  retrievals({ questions, searched }: LookUp): DataOf<"retrieval">[] {
    return questions
      .flatMap((one) => one.places.map(({ index }) => ({ index, passages: "known" in one ? one.known.passages : one.retrieval.passages.length, searched })))
      .sort((a, b) => a.index - b.index);
  }

  /** The answers that need no model, and the questions that are left to one. */
  answerable(questions: LookedUp[], model: string | null): { ready: Made[]; open: Open[] } {
    const ready: Made[] = [];
    const open: Open[] = [];
    for (const looked of questions) {
      if ("known" in looked) ready.push({ looked, draft: { ...looked.known.draft, usage: null }, reused: looked.known.mode, cached: true });
      else if (looked.retrieval.answerable && model !== null) open.push(looked);
      else {
        const draft = looked.retrieval.answerable ? quote(looked.retrieval) : abstain(looked.retrieval);
        looked.remember(draft);
        ready.push({ looked, draft, reused: null, cached: false });
      }
    }
    return { ready, open };
  }

  /** Lets the model write; yields its text as it comes. Throws what `write` throws. */
  async *write(looked: Open, asking: Omit<Asking, "corpusVersion">): AsyncGenerator<AskEvent, Made> {
    const index = looked.places[0]?.index ?? 0;
    const writing = write(looked.retrieval, { ...asking, corpusVersion: looked.version });
    try {
      let step = await writing.next();
      for (; !step.done; step = await writing.next()) yield { event: "token", data: { index, text: step.value } };
      return { looked, ...step.value, reused: null };
    } finally {
      // Returning from this generator doesn't close the one that it steps by hand. It has ended, or does so at once.
      await writing.return(undefined as never);
    }
  }

  /** A draft as the answer at each place of its question. The call of a model is counted with the first of them. */
  answersOf({ places }: LookedUp, draft: Draft, { searched, mode, statements, reused, cached }: LookUp & Pick<Made, "reused" | "cached">): DataOf<"answer">[] {
    return places.map(({ index, question }, place): { index: number; answer: Answer } => ({
      index,
      answer: {
        id: newId(),
        question,
        ...draft,
        usage: place === 0 ? draft.usage : null,
        passagesSearched: searched,
        retrieval: { mode: reused ?? mode, statements },
        traceId: this.#traceId,
        cached,
        durationMs: Math.round((performance.now() - this.#started) * 10) / 10,
      },
    }));
  }

  /** What is told of a question whose answer failed, at each of its places; what no one foresaw is logged. */
  failures({ places }: Asked, error: unknown): DataOf<"failure">[] {
    if (codeOf(error) === "INTERNAL") logError(error, "an answer of a batch failed");
    const { code, title, detail } = problemOf(error, requestContext()?.requestId ?? "");
    return places.map(({ index, question }) => ({ index, question, code, title, detail }));
  }
}
