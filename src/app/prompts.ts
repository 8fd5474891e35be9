import { answerPrompt } from "#domains/assistant/server.ts";
import { insightPrompts } from "#domains/insights/server.ts";
import type { Prompt } from "#domains/llm/index.ts";

/** Every prompt that the application sends to models. */
export const prompts: readonly Prompt[] = [answerPrompt, ...insightPrompts];
