import { expect, test } from "vitest";
import { emptyDraft } from "#domains/help/components/editing/entry-draft.ts";
import { findDraft, forgetDraft, storeDraft } from "#domains/help/components/editing/draft-store.ts";

const kept = { base: 3, id: "", note: "Note", draft: { ...emptyDraft, title: "Half", sources: [{ title: "S", url: "" }] } };

test("a draft comes back as it was, each entry's its own, until it is forgotten", () => {
  storeDraft("ramp", kept);
  expect(findDraft("ramp")).toEqual(kept);
  expect(findDraft("hoep")).toBeNull();
  forgetDraft("ramp");
  expect(findDraft("ramp")).toBeNull();
});

test.each([
  ["no JSON", "{"],
  ["nothing", "null"],
  ["no draft", JSON.stringify({ ...kept, draft: null })],
  ["a topic that is gone", JSON.stringify({ ...kept, draft: { ...kept.draft, topic: "Gossip" } })],
  ["a field of another type", JSON.stringify({ ...kept, draft: { ...kept.draft, body: 1 } })],
  ["a row that is no source", JSON.stringify({ ...kept, draft: { ...kept.draft, sources: [null] } })],
])("%s is not taken for a draft", (_name, stored) => {
  sessionStorage.setItem("tieline.help-draft.ramp", stored);
  expect(findDraft("ramp")).toBeNull();
});
