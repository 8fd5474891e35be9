/**
 * npm run eval:policy: prints how many harmless texts the policy blocks and how many harmful ones, by set. --set tuning|frozen|later|fresh
 * takes one set, --json prints one JSON object, --misses lists the mistakes of all but the frozen half.
 */
import { parseArgs } from "node:util";
import { runEvaluation } from "./command.ts";
import { falsePositiveRate, measurePolicy, policyRecall, readPolicyTexts, type PolicyFigures } from "./policy-set.ts";
import { asShare, table } from "./table.ts";
import { chosenSets, type TextSet } from "./text-sets.ts";

const head = ["set", "harmless", "blocked", "false-positive rate", "harmful", "blocked", "recall", "right category"];

function rowOf(set: TextSet, figures: PolicyFigures): string[] {
  const { harmless, wronglyBlocked, harmful, blocked, rightCategory } = figures;
  return [set, String(harmless), String(wronglyBlocked), asShare(falsePositiveRate(figures)), String(harmful), String(blocked), asShare(policyRecall(figures)), String(rightCategory)];
}

await runEvaluation(async () => {
  const { values } = parseArgs({ options: { set: { type: "string" }, json: { type: "boolean", default: false }, misses: { type: "boolean", default: false } } });
  if (values.misses && values.set === "frozen") throw new Error("--misses lists no text of the frozen half, which isn't looked at while tuning.");
  const measured: (readonly [TextSet, PolicyFigures])[] = [];
  for (const set of chosenSets(values.set)) measured.push([set, measurePolicy(await readPolicyTexts(set))]);
  if (values.json) {
    const asJson = ({ mistakes: _, ...counts }: PolicyFigures) => counts;
    return console.log(JSON.stringify(Object.fromEntries(measured.map(([set, figures]) => [set, { ...asJson(figures), falsePositiveRate: falsePositiveRate(figures), recall: policyRecall(figures) }]))));
  }
  console.log(table(head, measured.map(([set, figures]) => rowOf(set, figures))));
  if (!values.misses) return;
  const mistakes = measured.flatMap(([set, figures]) => (set !== "frozen" ? figures.mistakes : []));
  console.log(`\n${mistakes.map(({ text, got, score, reasons }) => `${text.id} ${text.text}\n  ${text.label} expected, got ${got} with ${score} (${reasons.join("; ")})`).join("\n") || "No mistakes outside the frozen half."}`);
});
