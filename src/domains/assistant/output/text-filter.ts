/** Takes text as it streams and answers what can be shown of it now. */
export interface TextFilter {
  push(text: string): string;
  /** What was held back when no more text comes. */
  end(): string;
}
