import type { RedactionSession } from "#platform/security/redaction/session.ts";
import { createRestorer, type Restorer } from "#platform/security/redaction/restorer.ts";
import type { Finish, ModelEvent, ModelRequest } from "#domains/llm/schema.ts";

/** Sends one request of a call to its models; what goes out and comes back is redacted. */
export type Send = (request: Pick<ModelRequest, "instructions" | "input" | "jsonSchema">) => AsyncGenerator<ModelEvent>;

/** A piece of an answer, and last how it ended: "unusable" when it can't be read as what was asked for. */
export type AnswerPiece = { type: "text"; text: string } | { type: "end"; finish: Finish | "unusable" };

/** What an answer is to be, which decides how it is asked for and read. */
export interface AnswerForm {
  /** The schema that goes with each request; empty for none. In the cache, answers of one form aren't those of another. */
  schema: string;
  /** Gets an answer by one request or several. */
  ask(send: Send, first: Pick<ModelRequest, "instructions" | "input">): AsyncIterable<AnswerPiece>;
  /** Puts back what was redacted. */
  restorer(session: RedactionSession): Restorer;
}

/** An answer as the model writes it. */
export const plainText: AnswerForm = { schema: "", ask: (send, first) => send(first), restorer: createRestorer };
