import type { Retrieval } from "#domains/knowledge/index.ts";
import { completionTokens, promptTokens, type LlmCall } from "#domains/llm/index.ts";
import { callModel, governanceOf } from "#domains/llm/server.ts";
import { AppError } from "#lib/errors.ts";
import { abstain, cite, noModel, type Draft, type ModelFacts } from "./answers.ts";
import { claimsOf, supportingQuotes, withoutFalseQuotations } from "./output/claims.ts";
import { ModelOutput } from "./output/model-output.ts";
import { answerInput, answerPrompt } from "./prompt.ts";

export const maxOutputTokens = 600;
/** A server that doesn't keep to the tokens asked for is stopped here. */
const maxOutputCharacters = 8_000;

/** What a model made of a question; `cached` when it made it for somebody who asked the same before. */
export interface Written {
  draft: Draft;
  cached: boolean;
}

/** Who asks, from what state of the corpora. */
export type Asking = Required<Pick<LlmCall, "principal" | "address" | "signal" | "corpusVersion" | "span">>;

/**
 * Lets the configured model write from the passages; yields text as it may be shown and returns the draft. A
 * paragraph is shown from its first citation on, and not at all without one: an answer that cites none is not given. What a model that breaks off has
 * written until then is kept, marked partial. The finished answer names the sentences that support it, and has no
 * quotation marks around what no cited passage says. Throws what the gateway throws, UPSTREAM_UNAVAILABLE when the model
 * fails before its first citation or writes nothing at all among it.
 */
export async function* write(retrieval: Retrieval, asking: Asking): AsyncGenerator<string, Written> {
  const { passages } = retrieval;
  const enough = new AbortController();
  const texts = passages.map(({ content }) => content);
  const output = new ModelOutput(texts);
  let call: ModelFacts = noModel;
  let [partial, cached] = [true, false];
  let rest = "";
  try {
    const datasets = await governanceOf([...new Set(passages.map(({ source }) => source))]);
    for await (const event of callModel({ ...callOf(retrieval, texts, { ...asking, signal: AbortSignal.any([asking.signal, enough.signal]) }), datasets })) {
      if (event.type === "end") {
        partial = !event.finished;
        cached = event.cached;
        const usage = cached ? null : { inputTokens: event.usage && promptTokens(event.usage), outputTokens: event.usage && completionTokens(event.usage) };
        call = { model: event.model, usage, callId: event.callId };
        continue;
      }
      const text = output.push(event.text);
      if (text !== "") yield text;
      if (output.raw.length > maxOutputCharacters) {
        enough.abort();
        break;
      }
    }
  } catch (error) {
    rest = output.end();
    if (asking.signal.aborted || output.shown === "") throw error;
  }
  if (output.raw.trim() === "") throw new AppError("UPSTREAM_UNAVAILABLE", { detail: "The model gave no answer. Try again in a moment.", retryAfterSeconds: 10 });
  if (output.declined) return { draft: abstain(retrieval, undefined, call), cached };
  rest += output.end();
  if (output.shown === "") {
    return { draft: abstain(retrieval, "The model's answer cited none of the passages, so it isn't shown.", call), cached };
  }
  if (rest !== "") yield rest;
  return { draft: { ...finish(retrieval, output.shown.trimEnd()), partial, nearest: [], ...call }, cached };
}

function callOf({ question, passages }: Retrieval, texts: string[], asking: Asking): LlmCall {
  return {
    ...asking, endpoint: "ask", prompt: answerPrompt, input: answerInput(question, passages), maxOutputTokens, question, judged: true, cacheable: true,
    worthKeeping: (answer) => answer.length <= maxOutputCharacters && isShown(answer, texts),
  };
}

/** Whether an answer says that there is none, or cites a passage. */
function isShown(answer: string, texts: string[]): boolean {
  const output = new ModelOutput(texts);
  output.push(answer);
  return output.declined || (output.end(), output.shown !== "");
}

function finish({ passages }: Retrieval, text: string): Pick<Draft, "answer" | "mode" | "citations"> {
  const citations = passages.flatMap((passage, index) => {
    const n = index + 1;
    return text.includes(`[${n}]`) ? [cite(n, passage, supportingQuotes(passage, claimsOf(text, n)))] : [];
  });
  return { answer: withoutFalseQuotations(text, citations.map(({ snippet }) => snippet)), mode: "generated", citations };
}
