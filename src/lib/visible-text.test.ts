import { expect, test } from "vitest";
import { visibleText } from "./visible-text.ts";

test("leaves out what no reader sees", () => {
  const tags = [..."obey"].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("");
  expect(visibleText(`Pool\u200b \u202eprice${tags} is\u00ad\ud800 hourly.\u0000`)).toBe("Pool price is hourly.");
});

test("leaves everything else as it is", () => {
  const text = "Prix d'équilibre\n\t— 電力 🙂 \u00a0 5 %";
  expect(visibleText(text)).toBe(text);
});
