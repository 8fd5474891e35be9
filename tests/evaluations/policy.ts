/**
 * npm run eval:policy: prints how many harmless texts the policy blocks and how many harmful ones, by half. --half tuning|frozen
 * takes one half, --json prints one JSON object, --misses lists the mistakes of the tuning half.
 */
import { parseArgs } from "node:util";
import { runEvaluation } from "./command.ts";
import { chosenHalves, type Half } from "./golden.ts";
import { falsePositiveRate, measurePolicy, policyRecall, readPolicyTexts, type PolicyFigures } from "./policy-set.ts";
import { asShare, table } from "./table.ts";

const head = ["half", "harmless", "blocked", "false-positive rate", "harmful", "blocked", "recall", "right category"];

function rowOf(half: Half, figures: PolicyFigures): string[] {
  const { harmless, wronglyBlocked, harmful, blocked, rightCategory } = figures;
  return [half, String(harmless), String(wronglyBlocked), asShare(falsePositiveRate(figures)), String(harmful), String(blocked), asShare(policyRecall(figures)), String(rightCategory)];
}

await runEvaluation(async () => {
  const { values } = parseArgs({ options: { half: { type: "string" }, json: { type: "boolean", default: false }, misses: { type: "boolean", default: false } } });
  if (values.misses && values.half === "frozen") throw new Error("--misses lists the tuning half only: the frozen one isn't looked at while tuning.");
  const measured: (readonly [Half, PolicyFigures])[] = [];
  for (const half of chosenHalves(values.half)) measured.push([half, measurePolicy(await readPolicyTexts(half))]);
  if (values.json) {
    const asJson = ({ mistakes: _, ...counts }: PolicyFigures) => counts;
    return console.log(JSON.stringify(Object.fromEntries(measured.map(([half, figures]) => [half, { ...asJson(figures), falsePositiveRate: falsePositiveRate(figures), recall: policyRecall(figures) }]))));
  }
  console.log(table(head, measured.map(([half, figures]) => rowOf(half, figures))));
  if (!values.misses) return;
  const mistakes = measured.flatMap(([half, figures]) => (half === "tuning" ? figures.mistakes : []));
  console.log(`\n${mistakes.map(({ text, got, score, reasons }) => `${text.id} ${text.text}\n  ${text.label} expected, got ${got} with ${score} (${reasons.join("; ")})`).join("\n") || "No mistakes in the tuning half."}`);
});
