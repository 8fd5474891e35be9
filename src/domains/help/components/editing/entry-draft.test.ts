import { describe, expect, test } from "vitest";
import { emptyDraft, errorsByField, isSameDraft, toContent, toDraft } from "#domains/help/components/editing/entry-draft.ts";

const draft = { ...emptyDraft, title: "Ramp", short: "Short.", body: "Text.", tags: "a, b", questions: "One?\nTwo?", sources: [{ title: "S", url: "https://example.org" }] };

describe("a draft", () => {
  test("becomes content and comes back the same", () => {
    expect(toContent(draft)).toEqual({
      title: "Ramp", short: "Short.", topic: "Using Tieline", language: "en", body: "Text.", tags: ["a", "b"], questions: ["One?", "Two?"], sources: [{ title: "S", url: "https://example.org" }],
    });
    expect(toDraft(toContent(draft))).toEqual(draft);
  });

  test("loses empty lines, empty rows, repeated tags and white space", () => {
    const content = toContent({ ...draft, tags: " a ,, a,b ", questions: "\n One? \r\n\n", sources: [{ title: " ", url: "" }, { title: " S ", url: " https://x.example " }], translates: " ramp-fr " });
    expect(content).toMatchObject({ tags: ["a", "b"], questions: ["One?"], sources: [{ title: "S", url: "https://x.example" }], translates: "ramp-fr" });
  });

  test("is the same when it would be stored as the same", () => {
    expect(isSameDraft(draft, { ...draft, tags: "a,b,", body: "Text.\n" })).toBe(true);
    expect(isSameDraft(draft, { ...draft, body: "Text!" })).toBe(false);
    expect(isSameDraft(draft, { ...draft, translates: "x" })).toBe(false);
    expect(isSameDraft(draft, { ...draft, language: "fr" })).toBe(false);
  });
});

test("errors are shown at their fields, of lists with the place", () => {
  const errors = errorsByField([
    { path: "content.title", message: "Too long" },
    { path: "content.tags.1", message: "Too long" },
    { path: "content.sources.0.url", message: "Not https" },
    { path: "id", message: "Taken" },
    { path: "base", message: "Old" },
  ]);
  expect(Object.fromEntries(errors)).toEqual({ title: "Too long", tags: "Number 2: Too long", "sources.0.url": "Not https", id: "Taken", base: "Old" });
});
