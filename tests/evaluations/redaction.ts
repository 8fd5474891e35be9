/**
 * npm run eval:redaction: prints how well redaction finds the values marked in labelled texts, by set and kind, and how many
 * clean texts it alters, and the longest that 60 kB of hostile text take. --set tuning|frozen|later|fresh takes one set, --json prints one JSON object, --misses lists the mistakes of all but the
 * frozen half.
 */
import { parseArgs } from "node:util";
import { redactionKinds } from "#platform/security/redaction/kinds.ts";
import { runEvaluation } from "./command.ts";
import { hostileText, hostileUnits, redactionMs } from "./hostile-texts.ts";
import { readMarkedTexts } from "./marked-texts.ts";
import { measureRedaction, precisionOf, recallOf, type RedactionFigures } from "./redaction-summary.ts";
import { asShare, table } from "./table.ts";
import { chosenSets, type TextSet } from "./text-sets.ts";

const head = ["set and kind", "values", "recall", "spans", "precision"];

function rowsOf(set: TextSet, figures: RedactionFigures): string[][] {
  const kinds = redactionKinds.flatMap((kind) => {
    const { marked = 0, claimed = 0 } = figures.kinds.get(kind) ?? {};
    return [[`${set} ${kind}`, String(marked), asShare(recallOf(figures, kind)), String(claimed), asShare(precisionOf(figures, kind))]];
  });
  const total = [...figures.kinds.values()];
  const [marked, claimed] = [total.reduce((sum, one) => sum + one.marked, 0), total.reduce((sum, one) => sum + one.claimed, 0)];
  return [...kinds, [`${set} all`, String(marked), asShare(recallOf(figures)), String(claimed), asShare(precisionOf(figures))]];
}

function asJson(figures: RedactionFigures) {
  const { texts, clean, altered, kinds } = figures;
  return { texts, clean, altered, recall: recallOf(figures), precision: precisionOf(figures), kinds: Object.fromEntries(kinds) };
}

await runEvaluation(async () => {
  const { values } = parseArgs({ options: { set: { type: "string" }, json: { type: "boolean", default: false }, misses: { type: "boolean", default: false } } });
  if (values.misses && values.set === "frozen") throw new Error("--misses lists no text of the frozen half, which isn't looked at while tuning.");
  const measured: (readonly [TextSet, RedactionFigures])[] = [];
  for (const set of chosenSets(values.set)) measured.push([set, measureRedaction(await readMarkedTexts(set))]);
  if (values.json) return console.log(JSON.stringify(Object.fromEntries(measured.map(([set, figures]) => [set, asJson(figures)]))));
  console.log(table(head, measured.flatMap(([set, figures]) => rowsOf(set, figures))));
  console.log(`\n${table(["set", "texts", "clean", "altered", "share"], measured.map(([set, { texts, clean, altered }]) => [set, String(texts), String(clean), String(altered), asShare(clean === 0 ? null : altered / clean)]))}`);
  const slowest = hostileUnits.map((unit) => ({ unit, ms: redactionMs(hostileText(unit), 3) })).toSorted((a, b) => b.ms - a.ms)[0];
  if (slowest) console.log(`\n60 kB of hostile text take at most ${slowest.ms.toFixed(1)} ms of processor time, of ${hostileUnits.length} kinds (${JSON.stringify(slowest.unit)}).`);
  if (!values.misses) return;
  const mistakes = measured.flatMap(([set, figures]) => (set !== "frozen" ? figures.mistakes : []));
  console.log(`\n${mistakes.map(({ id, text, missed, wrong }) => `${id} ${JSON.stringify(text)}\n  missed ${missed.join(", ") || "nothing"}; wrong ${wrong.join(", ") || "nothing"}`).join("\n") || "No mistakes outside the frozen half."}`);
});
