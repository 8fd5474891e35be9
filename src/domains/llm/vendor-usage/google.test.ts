import { describe, expect, test } from "vitest";
import { usageFromGoogle } from "./google.ts";

const done = { candidates: [{ content: { parts: [{ text: "" }], role: "model" }, finishReason: "STOP", index: 0 }] };
const going = { candidates: [{ content: { parts: [{ text: "There" }], role: "model" }, index: 0 }] };

describe("a response", () => {
  test("has thoughts beside its candidates", () => {
    expect(usageFromGoogle({ ...done, usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 28, totalTokenCount: 281, thoughtsTokenCount: 244, promptTokensDetails: [{ modality: "TEXT", tokenCount: 9 }] } })).toEqual({
      input: 9, output: 28, reasoning: 244,
    });
  });

  test("has what was cached inside its prompt, and what tools brought outside", () => {
    expect(usageFromGoogle({ ...done, usageMetadata: { promptTokenCount: 1_000, cachedContentTokenCount: 700, toolUsePromptTokenCount: 50, candidatesTokenCount: 5 } })).toEqual({ input: 350, cache_read: 700, output: 5 });
  });

  test("has its sound apart, but for what of it was cached", () => {
    const usageMetadata = {
      promptTokenCount: 500, cachedContentTokenCount: 200, candidatesTokenCount: 40, promptTokensDetails: [{ modality: "TEXT", tokenCount: 100 }, { modality: "AUDIO", tokenCount: 400 }],
      cacheTokensDetails: [{ modality: "AUDIO", tokenCount: 200 }], candidatesTokensDetails: [{ modality: "AUDIO", tokenCount: 30 }],
    };
    expect(usageFromGoogle({ ...done, usageMetadata })).toEqual({ input: 100, cache_read: 200, audio_input: 200, output: 10, audio_output: 30 });
  });

  test("counts the searches that it is grounded in", () => {
    const candidates = [{ finishReason: "STOP", groundingMetadata: { webSearchQueries: ["pool price", "AESO"] } }];
    expect(usageFromGoogle({ candidates, usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 2 } })).toEqual({ input: 1, output: 2, web_search: 2 });
  });
});

describe("a stream", () => {
  test("tells sums so far: the last of each field counts", () => {
    const stream = [
      { ...going, usageMetadata: { trafficType: "ON_DEMAND" } },
      { ...going, usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 5, thoughtsTokenCount: 185 } },
      { ...going, usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 23 } },
      { ...done, usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 24 } },
    ];
    expect(usageFromGoogle(stream)).toEqual({ input: 9, output: 24, reasoning: 185 });
  });

  test("that was cut off tells none", () => {
    expect(usageFromGoogle([{ ...going, usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 5 } }])).toBeNull();
  });

  test("whose prompt was refused tells what reading it took", () => {
    expect(usageFromGoogle([{ promptFeedback: { blockReason: "SAFETY" }, usageMetadata: { promptTokenCount: 9, totalTokenCount: 9 } }])).toEqual({ input: 9 });
  });
});

test.each([[null], [[]], [{}], [done], [{ ...done, usageMetadata: { trafficType: "ON_DEMAND" } }], [{ ...done, usageMetadata: { promptTokenCount: -4, candidatesTokenCount: 1 } }]])("%j tells no usage: null, never 0", (raw) => {
  expect(usageFromGoogle(raw)).toBeNull();
});
