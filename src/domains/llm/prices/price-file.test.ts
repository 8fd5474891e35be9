import { describe, expect, test } from "vitest";
import { PriceFileError, readCheckedIn, readPrices } from "./price-file.ts";

const header = "provider,model,effective_from,effective_to,tier_above,service,tier,input,cache_read,cache_write_5m,cache_write_1h,output,reasoning,web_search_per_thousand,source,as_of,note";
const line = (over: Record<string, string> = {}) => {
  const cells: Record<string, string> = { provider: "openai", model: "m", service: "standard", tier: "0", input: "1", output: "4", source: "a list", as_of: "2026-11-01", ...over };
  return header.split(",").map((name) => cells[name] ?? "").join(",");
};
const problems = (...lines: string[]): readonly string[] => {
  try {
    readPrices([header, ...lines].join("\n"), "imported");
    return [];
  } catch (error) {
    if (error instanceof PriceFileError) return error.problems;
    throw error;
  }
};

test("the checked-in catalogue is sound, of three vendors, with a source for each price", async () => {
  const prices = await readCheckedIn();
  expect(prices.length).toBeGreaterThan(70);
  expect(new Set(prices.map(({ provider }) => provider))).toEqual(new Set(["openai", "anthropic", "google"]));
  expect(new Set(prices.map(({ version }) => version)).size).toBe(prices.length);
});

test("rates are read as they stand, searches from the thousand", () => {
  const [price] = readPrices([header, line({ effective_from: "2026-01-01", tier_above: "100", cache_read: "0.10", web_search_per_thousand: "10" }), line({ effective_from: "2026-01-01", tier_above: "100", tier: "1", input: "2", output: "6" })].join("\n"), "imported");
  expect(price).toMatchObject({ effectiveFrom: "2026-01-01", effectiveTo: null, tierAbove: 100, origin: "imported" });
  expect(price?.version).toMatch(/^openai\/m@2026-01-01#[0-9a-f]{10}$/);
  expect(price?.rates.map(({ tier, bucket, usdPerMillion }) => [tier, bucket, usdPerMillion])).toEqual([[0, "input", "1"], [0, "cache_read", "0.1"], [0, "output", "4"], [0, "web_search", "10000"], [1, "input", "2"], [1, "output", "6"]]);
});

describe("rows that can't be right are refused, with the line and why", () => {
  test.each<[string, Record<string, string>[], RegExp]>([
    ["a cached price above the base", [{ cache_read: "1.5" }], /^Line 2 \(m\): standard cache_read is above the price of input/],
    ["a zero output price", [{ output: "0" }], /^Line 2 \(m\): standard output is 0/],
    ["priority at 50 times the base", [{}, { service: "priority", input: "50", output: "" }], /priority input is 50 times the standard one/],
    ["a fiftieth of the base", [{}, { service: "batch", input: "0.02", output: "2" }], /batch input is 50 times the standard one, or a 50th of it/],
    ["output a thousandth of reasoning", [{ output: "0.0016", reasoning: "1.6" }], /reasoning is 50 times the price of output, or a 50th of it/],
    ["a batch above the base", [{}, { service: "batch", input: "1.1", output: "4" }], /batch input is above the standard price/],
    ["priority below the base", [{}, { service: "priority", input: "0.9", output: "4" }], /priority input is below the standard price/],
    ["an hour's write below that of five minutes", [{ cache_write_5m: "1.25", cache_write_1h: "0.4" }], /cache_write_1h is below cache_write_5m/],
    ["a write of 24 times the input", [{ cache_write_5m: "1.25", cache_write_1h: "24" }], /more than 4 times the price of input/],
    ["a dearer tier without its threshold", [{}, { tier: "1", input: "2" }], /not from how many tokens it begins/],
    ["a dearer tier that is cheaper", [{ tier_above: "5" }, { tier_above: "5", tier: "1", input: "0.5" }], /standard input of tier 1 is below that of tier 0/],
    ["no input", [{ input: "" }], /no standard price of input/],
    ["an end before the beginning", [{ effective_from: "2026-02-01", effective_to: "2026-01-01" }], /before it begins/],
    ["overlapping dates", [{ effective_to: "2026-03-01" }, { effective_from: "2026-02-01" }], /^Line 3 \(m\): begins before the price of the start has ended/],
    ["an open price before another", [{}, { effective_from: "2026-02-01" }], /their dates overlap/],
    ["50 times what it was", [{ effective_to: "2026-02-01" }, { effective_from: "2026-02-01", input: "50" }], /50 times what it was before/],
    ["the same rate twice", [{}, {}], /^Line 3 \(m\): standard input of tier 0 stands twice/],
    ["lines of one price that disagree", [{}, { service: "batch", input: "0.5", output: "2", source: "another" }], /says otherwise than line 2/],
    ["a float's exponent", [{ input: "1e-6" }], /^Line 2 \(m\): input/],
    ["a negative price", [{ input: "-1" }], /input/],
    ["no date", [{ as_of: "yesterday" }], /as_of/],
    ["an unknown service", [{ service: "turbo" }], /service/],
  ])("%s", (_, lines, expected) => expect(problems(...lines.map(line)).join("\n")).toMatch(expected));

  test("rows as a public list had them in July", () => {
    const found = problems(
      line({ provider: "anthropic", model: "claude-3-haiku-20240307", input: "0.25", cache_read: "0.03", cache_write_5m: "0.3", cache_write_1h: "6", output: "1.25" }),
      line({ provider: "anthropic", model: "claude-3-opus-20240229", input: "15", cache_read: "1.5", cache_write_5m: "18.75", cache_write_1h: "6", output: "75" }),
      line({ model: "gpt-5-nano", input: "0.05", output: "0.4" }), line({ model: "gpt-5-nano", service: "priority", input: "2.5", output: "" }),
      line({ provider: "google", model: "gemini-1.5-flash", input: "0.075", output: "0" }),
      line({ model: "good" }),
    );
    expect(found.map((problem) => /\((.*?)\)/.exec(problem)?.[1])).toEqual(["claude-3-haiku-20240307", "claude-3-opus-20240229", "gpt-5-nano", "gemini-1.5-flash"]);
  });

  test("an unknown bucket, a missing column, an empty file and what is no CSV", () => {
    const refuse = (text: string) => expect(() => readPrices(text, "imported"));
    refuse(`${header},images\n${line()},3`).toThrow(/Column images is none of/);
    refuse("provider,model\nopenai,m").toThrow(/Column source is missing/);
    refuse(header).toThrow(/holds no prices/);
    refuse(`${header}\n"`).toThrow(/isn't CSV/);
    refuse(`${header}\nopenai,m`).toThrow(/isn't CSV/);
  });
});
