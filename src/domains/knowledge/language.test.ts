import { expect, test } from "vitest";
import { detectLanguage } from "./language.ts";

test.each([
  ["What is the pool price?", "english"],
  ["Quelle est la marge de reserve?", "french"],
  ["marge de réserve", "french"],
  ["c'est quoi le prix du pool", "french"],
  ["reserve margin", null],
  ["HOEP", null],
  ["", null],
  ["42", null],
  ["ما هو الطلب على الكهرباء؟", "other"],
  ["電力需要とは", "other"],
  [
    "Der Strompreis hängt davon ab, wie viel Leistung die Kraftwerke gerade liefern können und wie viel die Verbraucher abnehmen. Wind und Sonne haben keine Brennstoffkosten, weshalb der Preis an windigen Tagen oft fällt.",
    "other",
  ],
])("%j is %s", (text, language) => {
  expect(detectLanguage(text)).toBe(language);
});
