import { expect, test } from "vitest";
import type { HelpSummary, HelpTopic } from "#domains/help/schema.ts";
import { groupByTopic, neighbours, topicAnchor } from "#domains/help/components/topics.ts";

function entry(id: string, topic: HelpTopic): HelpSummary {
  return { id, topic, title: id, short: id, tags: [], language: "en", updatedAt: "2026-11-20T00:00:00Z" };
}

const entries = [entry("a", "Answers"), entry("b", "Using Tieline"), entry("c", "Answers"), entry("d", "Answers")];

test("topics come in the order of the index, without empty ones", () => {
  expect(groupByTopic(entries).map(({ topic, entries }) => [topic, entries.map(({ id }) => id)])).toEqual([
    ["Using Tieline", ["b"]],
    ["Answers", ["a", "c", "d"]],
  ]);
});

test("neighbours stay within the topic", () => {
  expect(neighbours(entries, "c")).toEqual({ previous: entries[0], next: entries[3] });
  expect(neighbours(entries, "b")).toEqual({ previous: undefined, next: undefined });
  expect(neighbours(entries, "gone")).toEqual({});
});

test("a topic has a fragment", () => {
  expect(topicAnchor("Demand and supply")).toBe("demand-and-supply");
});
