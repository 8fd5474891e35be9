/** A request to a model: instructions, and what the user's side holds. */
export interface ModelRequest {
  instructions: string;
  input: string;
  maxOutputTokens: number;
  signal: AbortSignal;
}

/** What a model's stream yields: text as it comes, and once the facts of the call. */
export type ModelEvent =
  | { type: "text"; text: string }
  | {
      type: "end";
      model: string;
      inputTokens: number | null;
      outputTokens: number | null;
      /** False when the model was cut off: by its limit of tokens, or without saying that it had finished. */
      finished: boolean;
    };
