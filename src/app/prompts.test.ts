import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { prompts } from "./prompts.ts";

/** SHA-256 of each version's text. A new version gets a new line; a line that stands is never changed. */
const texts: Record<string, string> = {
  "ask-answer@1": "eb8808e7002d5173dd186ab594160f5fab020478ef05fe573aa0902dbc35529b",
  "insight-analytics-insight@1": "468e11fccac9663844a8957d62b1a8d081cbff0d26fc031bd3abe9e9ccab5de9",
  "insight-data-quality@1": "fa02e4f42f34d1835ca907aaafe3b762bca6a000bf866078ab049776da1982c7",
  "insight-explain-chart@1": "420c6a87801808b40ee760354b0afd4f31d66eebb5ab470c3b026e9ccc818ad6",
  "insight-market-brief@1": "ffc15e531d5ecfe97e9b7bd36fb35a8c90f882e5d39ab8bc7255015ef5596ec4",
  "insight-transition-report@1": "248e2d6888dc8662ca08065a2c150fe06a14b746bdd0ae7a5d3db45964654b94",
};

test("a text that calls were made with doesn't change without a new version", () => {
  const found = prompts.flatMap(({ id, versions }) => versions.map(({ version, instructions }) => [`${id}@${version}`, createHash("sha256").update(instructions).digest("hex")]));
  expect(Object.fromEntries(found)).toEqual(texts);
});

test("each prompt has a name of its own", () => {
  expect(new Set(prompts.map(({ id }) => id)).size).toBe(prompts.length);
});
