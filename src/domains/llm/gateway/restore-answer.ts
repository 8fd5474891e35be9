import type { Restorer } from "#platform/security/redaction/restorer.ts";
import type { AnswerPiece } from "./answer-form.ts";
import type { GatewayEvent } from "./call.ts";

/** A whole answer: as it came, with placeholders, and as its reader got it. */
export interface RestoredAnswer {
  redacted: string;
  text: string;
  finish: Extract<AnswerPiece, { type: "end" }>["finish"];
}

/** Step 9: yields an answer's text with the values that were redacted put back, as soon as it can be said; returns all of it. */
export async function* restoreAnswer(pieces: Iterable<AnswerPiece> | AsyncIterable<AnswerPiece>, restorer: Restorer): AsyncGenerator<GatewayEvent, RestoredAnswer> {
  const answer: RestoredAnswer = { redacted: "", text: "", finish: "unknown" };
  const said = function* (text: string): Generator<GatewayEvent> {
    answer.text += text;
    if (text !== "") yield { type: "text", text };
  };
  for await (const piece of pieces) {
    if (piece.type === "end") {
      answer.finish = piece.finish;
      continue;
    }
    answer.redacted += piece.text;
    yield* said(restorer.push(piece.text));
  }
  yield* said(restorer.end());
  return answer;
}
