import { describe, expect, test } from "vitest";
import { makeFact } from "../../../../tests/support/insights.ts";
import { checkStatements, statementsAtMost, type Fault } from "./check-statements.ts";

const facts = [
  makeFact({ sentence: "The highest value is 18\u202f196\u00a0MW, 20 Nov 2026, 18:00–19:00\u00a0EST.", text: "18\u202f196\u00a0MW" }),
  makeFact({ id: "lowest", title: "Lowest", value: -20, unit: "CAD/MWh", text: "−$20.00/MWh", sentence: "The lowest value is −$20.00/MWh, 20 Nov 2026, 03:00–04:00\u00a0EST.", when: "20 Nov 2026, 03:00–04:00\u00a0EST", interval: { from: "2026-11-20T08:00:00.000Z", to: "2026-11-20T09:00:00.000Z" } }),
  makeFact({ id: "change", title: "Change, first to last", value: -1_000, unit: "MW", text: "−1\u202f000\u00a0MW", sentence: "Ontario demand fell by 1\u202f000\u00a0MW (6.7\u00a0%), from 15\u202f000\u00a0MW to 14\u202f000\u00a0MW.", when: "20 Nov 2026" }),
  makeFact({ id: "median", title: "Median of hours", value: 30, unit: "CAD/MWh", text: "$30.00/MWh", sentence: "Half of the hours had a price of $30.00/MWh or less.", when: "20 Nov 2026" }),
  makeFact({ id: "missing", title: "Missing", value: 0, unit: "%", text: "0.0\u00a0%", sentence: "No value of Ontario demand is missing.", when: "20 Nov 2026" }),
  makeFact({ id: "part-1", title: "Mean of Ontario intertie flow, PQ.B5D.B31L", value: 512, unit: "MW", text: "512\u00a0MW", sentence: "The mean of Ontario intertie flow, PQ.B5D.B31L is 512\u00a0MW.", when: "20 Nov 2026" }),
];
const context = "Ontario demand, 14 Nov 2026 – 20 Nov 2026";
const faultOf = (text: string, ...cited: string[]): Fault | undefined => checkStatements([{ text, facts: cited }], facts, context).dropped[0]?.fault;

describe("what its facts bear out is shown", () => {
  test.each([
    ["Demand peaked at 18 196 MW on 20 Nov 2026, 18:00–19:00 EST.", "highest"],
    ["Demand peaked at 18,196 MW on November 20, 2026, between 6 p.m. and 7 p.m.", "highest"],
    ["La demande a culminé à 18 196 MW le 20 novembre 2026, de 18 h à 19 h.", "highest"],
    ["The peak of 18196 megawatts came in HE 19 on Friday.", "highest"],
    ["Between 14 and 20 November 2026 the peak was 18 196 MW.", "highest"],
    ["In 2026 it was 18 196 MW.", "highest"],
    ["The lowest price was −$20.00/MWh.", "lowest"],
    ["Le prix le plus bas est de −20,00 $/MWh.", "lowest"],
    ["The lowest price was minus 20 dollars per MWh.", "lowest"],
    ["Demand fell by 1 000 MW, or 6.7 per cent.", "change"],
    ["La demande a baissé de 1 000 MW (6,7 %).", "change"],
    ["From 15,000 to 14,000 MW, it changed by −1 000 MW.", "change"],
    ["For half of the hours the price was $30.00 or less.", "median"],
    ["Nothing is missing: 0 % of the time.", "missing"],
    ["The flow over PQ.B5D.B31L was 512 MW on average.", "part-1"],
    ["Demand peaked in the evening.", "highest"],
  ])("%s", (text, id) => {
    expect(checkStatements([{ text, facts: [id] }], facts, context)).toEqual({ statements: [{ text, facts: [id] }], dropped: [] });
  });
});

test.each<[string, Fault, ...string[]]>([
  ["Demand peaked at 18 200 MW.", "number", "highest"],
  ["Demand peaked at 18.2 GW.", "number", "highest"],
  ["Demand peaked at 18 196 MWh.", "number", "highest"],
  ["Demand peaked at 18 196 %.", "number", "highest"],
  ["Demand peaked at 18 196 MW.", "number", "change"],
  ["Demand peaked at -18 196 MW.", "number", "highest"],
  ["Demand peaked on 21 Nov 2026.", "number", "highest"],
  ["Demand peaked on 2026-11-21.", "number", "highest"],
  ["Demand peaked on 20 Nov 2025.", "number", "highest"],
  ["Demand peaked in 2025.", "number", "highest"],
  ["Demand peaked on Monday.", "number", "highest"],
  ["Demand peaked in December.", "number", "highest"],
  ["Demand peaked at 19:30.", "number", "highest"],
  ["Demand peaked in HE 18.", "number", "highest"],
  ["Demand peaked at noon.", "number", "highest"],
  ["Demand peaked at 2026-11-20T18:00:00Z.", "number", "highest"],
  ["The lowest price was $20.00/MWh.", "number", "lowest"],
  ["Le prix le plus bas est de 20,00 $/MWh.", "number", "lowest"],
  ["Demand fell by 7 %.", "number", "change"],
  ["Demand fell by 6.7 percentage points.", "number", "change"],
  ["Demand fell by 1 000 MW within three hours.", "number", "change"],
  ["Demand fell by 1 thousand MW.", "number", "change"],
  ["Demand fell by one third.", "number", "change"],
  ["Demand fell to half.", "number", "change"],
  ["The price doubled.", "number", "median"],
  ["The flow over PQ.B3N was 512 MW.", "number", "part-1"],
  ["Demand peaked at ١٨١٩٦ MW.", "number", "highest"],
  ["Demand peaked at 18k MW.", "number", "highest"],
  ["Demand peaked at 18 196 MW and 10³ more.", "number", "highest"],
  ["Demand rose by 1 000 MW.", "direction", "change"],
  ["La demande a augmenté de 1 000 MW.", "direction", "change"],
  ["Demand grew.", "direction", "highest"],
  ["Demand peaked at 18 196 MW because of the cold.", "cause", "highest"],
  ["La demande a culminé en raison du froid.", "cause", "highest"],
  ["", "empty", "highest"],
  ["   ", "empty", "highest"],
  ["Demand peaked.", "no fact"],
  ["Demand peaked.", "unknown fact", "peak"],
  ["Demand peaked.", "unknown fact", "highest", "peak"],
  ["See https://evil.example for more.", "markup", "highest"],
  ["<b>Demand</b> peaked.", "markup", "highest"],
  ["[Demand](x) peaked.", "markup", "highest"],
  ["Demand \u202epeaked.", "markup", "highest"],
  ["a".repeat(601), "too long", "highest"],
])("%j is dropped as %s", (text, fault, ...ids) => {
  expect(faultOf(text, ...ids)).toBe(fault);
});

test("what is said twice stands once, and no more than is read is shown", () => {
  const statements = Array.from({ length: 2 * statementsAtMost }, (_, i) => ({ text: `Demand peaked ${"very ".repeat(i >> 1)}late.`, facts: ["highest", "highest"] }));
  const checked = checkStatements([...statements, { text: "Demand peaked so early.", facts: ["highest"] }], facts, context);
  expect(checked.statements).toHaveLength(statementsAtMost);
  expect(checked.statements[0]?.facts).toEqual(["highest"]);
  expect(new Set(checked.dropped.map(({ fault }) => fault))).toEqual(new Set(["repeated", "too many"]));
});

test("each computed sentence bears out itself", () => {
  const { dropped } = checkStatements(facts.map(({ sentence, id }) => ({ text: sentence, facts: [id] })), facts, context);
  expect(dropped).toEqual([]);
});
