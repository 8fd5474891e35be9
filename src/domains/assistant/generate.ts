import type { Retrieval } from "#domains/knowledge/index.ts";
import { completionTokens, promptTokens, type ModelRequest } from "#domains/llm/index.ts";
import { streamModel } from "#domains/llm/server.ts";
import { AppError } from "#lib/errors.ts";
import { abstain, cite, type Draft } from "./answers.ts";
import { claimsOf, supportingQuotes, withoutFalseQuotations } from "./output/claims.ts";
import { ModelOutput } from "./output/model-output.ts";
import { answerInput, answerPrompt } from "./prompt.ts";

export const maxOutputTokens = 600;
/** A server that doesn't keep to the tokens asked for is stopped here. */
const maxOutputCharacters = 8_000;

/** What a model made of a question, and whether the next one who asks may get it too. */
export interface Written {
  draft: Draft;
  reusable: boolean;
}

/**
 * Lets the configured model write from the passages; yields text as it may be shown and returns the draft. A
 * paragraph is shown from its first citation on, and not at all without one: an answer that cites none is not given. What a model that breaks off has
 * written until then is kept, marked partial. The finished answer names the sentences that support it, and has no
 * quotation marks around what no cited passage says. Throws UPSTREAM_UNAVAILABLE when the model fails before its first
 * citation or writes nothing at all, and the signal's reason when that aborts.
 */
export async function* write(retrieval: Retrieval, signal: AbortSignal): AsyncGenerator<string, Written> {
  const { passages } = retrieval;
  const enough = new AbortController();
  const output = new ModelOutput(passages.map(({ content }) => content));
  const call: Pick<Draft, "model" | "usage"> = { model: null, usage: null };
  let partial = true;
  let rest = "";
  try {
    for await (const event of streamModel(requestOf(retrieval, AbortSignal.any([signal, enough.signal])))) {
      if (event.type === "end") {
        partial = event.finish !== "stop";
        call.model = event.model;
        call.usage = { inputTokens: event.usage && promptTokens(event.usage), outputTokens: event.usage && completionTokens(event.usage) };
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
    if (signal.aborted || output.shown === "") throw error;
  }
  if (output.raw.trim() === "") throw new AppError("UPSTREAM_UNAVAILABLE", { detail: "The model gave no answer. Try again in a moment.", retryAfterSeconds: 10 });
  if (output.declined) return { draft: abstain(retrieval, undefined, call), reusable: !partial };
  rest += output.end();
  if (output.shown === "") {
    return { draft: abstain(retrieval, "The model's answer cited none of the passages, so it isn't shown.", call), reusable: false };
  }
  if (rest !== "") yield rest;
  return { draft: { ...finish(retrieval, output.shown.trimEnd()), partial, nearest: [], ...call }, reusable: !partial };
}

function requestOf({ question, passages }: Retrieval, signal: AbortSignal): ModelRequest {
  return { instructions: answerPrompt.instructions, input: JSON.stringify(answerInput(question, passages)), maxOutputTokens, signal };
}

function finish({ passages }: Retrieval, text: string): Pick<Draft, "answer" | "mode" | "citations"> {
  const citations = passages.flatMap((passage, index) => {
    const n = index + 1;
    return text.includes(`[${n}]`) ? [cite(n, passage, supportingQuotes(passage, claimsOf(text, n)))] : [];
  });
  return { answer: withoutFalseQuotations(text, citations.map(({ snippet }) => snippet)), mode: "generated", citations };
}
