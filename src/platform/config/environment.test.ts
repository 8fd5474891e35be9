import { expect, test } from "vitest";
import { parseEnvironment } from "./environment.ts";

const url = { SUPABASE_URL: "https://project.supabase.co" };
const key = { SUPABASE_PUBLISHABLE_KEY: "sb_publishable_0123456789" };
const data = { DATABASE_URL: "postgres://localhost/tieline" };

test.each([
  ["SUPABASE_URL without its key", { ...url, ...data }, /SUPABASE_PUBLISHABLE_KEY: is missing/],
  ["a key without SUPABASE_URL", key, /SUPABASE_URL: is missing/],
  ["SUPABASE_URL without DATABASE_URL", { ...url, ...key }, /DATABASE_URL: is missing/],
  ["an embedding model without key or server", { EMBEDDING_MODEL: "m" }, /EMBEDDING_API_KEY: is missing/],
  ["more dimensions than an index holds", { EMBEDDING_DIMENSIONS: "4001" }, /EMBEDDING_DIMENSIONS/],
  ["a model without its vendor", { LLM_MODEL: "gpt-4.1-mini" }, /LLM_MODEL: must be openai/],
  ["a vendor that isn't known", { LLM_FALLBACK_MODEL: "cohere/command" }, /LLM_FALLBACK_MODEL: must be openai/],
  ["a vendor without a model", { LLM_MODEL_ASK: "openai/" }, /LLM_MODEL_ASK: must be openai/],
  ["a model of OpenAI without its key", { LLM_MODEL: "openai/gpt-4.1" }, /OPENAI_API_KEY: is missing: LLM_MODEL is/],
  ["a model of Anthropic without its key", { LLM_MODEL_MARKET_BRIEF: "anthropic/claude-sonnet-5", OPENAI_API_KEY: "k" }, /ANTHROPIC_API_KEY: is missing: LLM_MODEL_MARKET_BRIEF is/],
  ["a model of Google without its key", { LLM_FALLBACK_MODEL: "google/gemini-3-pro", OPENAI_API_KEY: "k" }, /GEMINI_API_KEY: is missing: LLM_FALLBACK_MODEL is/],
  ["Upstash without its token", { UPSTASH_REDIS_REST_URL: "https://eu.upstash.io" }, /UPSTASH_REDIS_REST_TOKEN: is missing/],
  ["a token without Upstash", { UPSTASH_REDIS_REST_TOKEN: "t" }, /UPSTASH_REDIS_REST_URL: is missing/],
  ["two stores of limits", { UPSTASH_REDIS_REST_URL: "https://eu.upstash.io", UPSTASH_REDIS_REST_TOKEN: "t", REDIS_URL: "redis://localhost" }, /REDIS_URL: is set/],
  ["a cache in another database of the limits' Redis", { REDIS_URL: "redis://h:6379", REDIS_CACHE_URL: "redis://h:6379/0" }, /REDIS_CACHE_URL: is the same Redis/],
  ["a cache on the limits' Redis by another spelling", { REDIS_URL: "redis://u:p@H/1", REDIS_CACHE_URL: "redis://h:6379/2" }, /REDIS_CACHE_URL: is the same Redis/],
  ["a secret that no header carries", { CRON_SECRET: "sixteen and more ü" }, /CRON_SECRET: must be 16 or more printable/],
  ["a token that is too short", { METRICS_TOKEN: "fifteen-letters" }, /METRICS_TOKEN: must be 16/],
  ["an empty key", { ...url, ...data, SUPABASE_PUBLISHABLE_KEY: "" }, /SUPABASE_PUBLISHABLE_KEY: is missing/],
])("%s is refused with the reason", (_, variables, reason) => {
  expect(() => parseEnvironment(variables)).toThrow(reason);
});

const server = { LLM_MODEL: "openai/meta/llama", OPENAI_BASE_URL: "http://127.0.0.1:11434/v1" };
const both = { LLM_MODEL: "anthropic/claude-sonnet-5", ANTHROPIC_API_KEY: "a", LLM_FALLBACK_MODEL: "google/gemini-3-pro", GEMINI_API_KEY: "g" };
const embedding = { EMBEDDING_MODEL: "m" };
test.each([{ ...embedding, OPENAI_API_KEY: "k" }, { ...embedding, EMBEDDING_BASE_URL: "http://127.0.0.1:11434/v1" }, server, both, {}, data, { ...url, ...key, ...data }])("%j go together", (variables) => {
  expect(parseEnvironment(variables)).toMatchObject(variables);
});
