import { afterEach, expect, test, vi } from "vitest";
import { reloadEnvironment } from "#platform/config/environment.ts";
import { policyOf } from "./limits.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  reloadEnvironment();
});

test("limits a minute by the configured numbers", () => {
  vi.stubEnv("RATE_LIMIT_PER_MINUTE", "7");
  vi.stubEnv("RATE_LIMIT_LLM_PER_MINUTE", "3");
  reloadEnvironment();
  expect(policyOf("default")).toEqual({ name: "default", limit: 7, windowMs: 60_000 });
  expect(policyOf("llm")).toEqual({ name: "llm", limit: 3, windowMs: 60_000 });
});

test("none is no limit", () => {
  expect(policyOf("none")).toBeNull();
});
