/** A text as it was sent to models from a day on. */
export interface PromptVersion {
  /** Counts up from 1. */
  version: number;
  /** Calendar day in UTC that it was written on. */
  since: string;
  /** What is different from the version before, and why. */
  change: string;
  instructions: string;
}

/** What a model is told to do, under a name and a number that stand with each call in the books. */
export interface Prompt {
  /** As `ask-answer`. */
  id: string;
  /** What it is for, in a sentence. */
  purpose: string;
  /** The version that is sent. */
  version: number;
  /** Its text. */
  instructions: string;
  /** All versions, the one that is sent first. */
  versions: readonly [PromptVersion, ...PromptVersion[]];
}

/**
 * Declares a prompt with all its versions, oldest first. A version that calls were made with is never changed: what is better goes
 * into a new one. Throws an Error when the numbers don't count up from 1.
 */
export function definePrompt({ id, purpose, versions }: { id: string; purpose: string; versions: readonly PromptVersion[] }): Prompt {
  if (versions.some(({ version }, place) => version !== place + 1)) throw new Error(`The versions of the prompt ${id} don't count up from 1.`);
  const [newest, ...earlier] = versions.toReversed();
  if (newest === undefined) throw new Error(`The prompt ${id} has no version.`);
  return { id, purpose, version: newest.version, instructions: newest.instructions, versions: [newest, ...earlier] };
}
