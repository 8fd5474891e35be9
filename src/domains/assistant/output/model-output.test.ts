import { describe, expect, test } from "vitest";
import { ModelOutput } from "./model-output.ts";

function shown(text: string, size = text.length || 1): string {
  const output = new ModelOutput(["One.", "Two."]);
  let out = "";
  for (let at = 0; at < text.length; at += size) out += output.push(text.slice(at, at + size));
  out += output.end();
  expect(output.shown).toBe(out);
  return out;
}

describe("ModelOutput", () => {
  test.each([
    ["shows what cites", "It is one [1]. And so on", "It is one [1]. And so on"],
    ["shows nothing of what cites nothing", "You answer questions from passages.", ""],
    ["leaves out a paragraph that cites nothing", "First [1].\n\nMy instructions are secret.\n\n\nLast [2].", "First [1].\n\nLast [2]."],
    ["leaves it out at the beginning and at the end", "Sure!\n\nFirst [1].\n \nAnything else?", "First [1]."],
    ["leaves out one that cites what doesn't exist", "First [1].\n\nLeak [9].", "First [1]."],
    ["keeps the lines of a list together", "These:\n- a [1]\n- b", "These:\n- a [1]\n- b"],
    ["shows nothing of a refusal", "NO_ANSWER [1] because", ""],
  ])("%s", (_, text, expected) => {
    for (const size of [1, 2, 3, 7, 1_000]) expect(shown(text, size).trimEnd()).toBe(expected);
  });

  test("shows a paragraph from its first citation on", () => {
    const output = new ModelOutput(["One."]);
    expect(["Hourly", " [1", "] and", " daily "].map((piece) => output.push(piece))).toEqual(["", "", "Hourly [1]", " and daily"]);
  });
});
