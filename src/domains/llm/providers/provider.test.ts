import { afterEach, describe, expect, test } from "vitest";
import { withEnvironment } from "../../../../tests/support/environment.ts";
import type { LlmEndpoint } from "#domains/llm/schema.ts";
import { providerFor } from "./provider.ts";

const keys = { OPENAI_API_KEY: "o", ANTHROPIC_API_KEY: "a", GEMINI_API_KEY: "g" };
let restore = () => {};
afterEach(() => restore());

function named(variables: Record<string, string>, endpoint: LlmEndpoint = "ask"): string[] {
  // What the shell may hold is none of a test's business.
  const none = { OPENAI_API_KEY: undefined, OPENAI_BASE_URL: undefined, LLM_MODEL: undefined, LLM_FALLBACK_MODEL: undefined };
  restore = withEnvironment({ ...none, ...variables });
  return providerFor(endpoint).map(({ name, model }) => `${name}/${model}`);
}

describe("providerFor", () => {
  test.each<[string, Record<string, string>, LlmEndpoint, string[]]>([
    ["none without a key", {}, "ask", []],
    ["none where only a server is named", { OPENAI_BASE_URL: "http://127.0.0.1:1/v1" }, "ask", []],
    ["OPENAI_MODEL with its key", { OPENAI_API_KEY: "o", OPENAI_MODEL: "gpt-x" }, "ask", ["openai/gpt-x"]],
    ["LLM_MODEL before it", { ...keys, OPENAI_MODEL: "gpt-x", LLM_MODEL: "anthropic/claude-sonnet-5" }, "market-brief", ["anthropic/claude-sonnet-5"]],
    ["an endpoint's own before that", { ...keys, LLM_MODEL: "anthropic/claude-sonnet-5", LLM_MODEL_EXPLAIN_CHART: "google/gemini-3-pro" }, "explain-chart", ["google/gemini-3-pro"]],
    ["another endpoint's own for none but it", { ...keys, LLM_MODEL: "anthropic/claude-sonnet-5", LLM_MODEL_EXPLAIN_CHART: "google/gemini-3-pro" }, "ask", ["anthropic/claude-sonnet-5"]],
    ["the fallback after the first", { ...keys, LLM_FALLBACK_MODEL: "google/gemini-3-pro" }, "ask", ["openai/gpt-4.1-mini", "google/gemini-3-pro"]],
    ["no fallback to the same", { ...keys, LLM_MODEL: "google/gemini-3-pro", LLM_FALLBACK_MODEL: "google/gemini-3-pro" }, "ask", ["google/gemini-3-pro"]],
    ["none that writes for vectors", { ...keys, LLM_MODEL: "google/gemini-3-pro" }, "embed", []],
    ["a model with slashes in its name, of a server without a key", { OPENAI_BASE_URL: "http://127.0.0.1:1/v1", LLM_MODEL: "openai/meta-llama/Llama-4" }, "ask", ["openai/meta-llama/Llama-4"]],
  ])("gives %s", (_, variables, endpoint, models) => {
    expect(named(variables, endpoint)).toEqual(models);
  });
});
