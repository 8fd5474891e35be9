/** Ten questions as one batch against ten calls of the same function. */
import { figure, type Figure, type Findings } from "../report.ts";
import { chosenTenants, type Bench } from "./bench.ts";
import { ask, configured, countStatements, drawQuestions, learnVectors, ways } from "./questions.ts";
import { inTurn } from "./timing.ts";

export const batchSize = 10;
const rounds = 20;
const warmUps = 2;
const goalTimes = 2;

/** Batch and calls in sequence, in turn, by words and with vectors. */
export async function measureBatch(bench: Bench): Promise<Findings> {
  const figures: Figure[] = [];
  const counts: number[] = [];
  for (const [name, tenant] of chosenTenants(bench)) {
    const questions = await drawQuestions(bench, tenant, (rounds + warmUps) * batchSize);
    const batch = (round: number) => questions.slice(round * batchSize, (round + 1) * batchSize);
    for (const way of ways) {
      const [together = [], inSequence = []] = await configured(way, bench, async () => {
        await learnVectors(tenant, questions);
        counts.push(await countStatements(tenant, () => ask(way, tenant, batch(0))));
        return inTurn(rounds, warmUps, [
          (round) => ask(way, tenant, batch(round)),
          async (round) => {
            for (const question of batch(round)) await ask(way, tenant, [question]);
          },
        ]);
      });
      const baseline = { name: "ten calls in sequence", samples: inSequence };
      figures.push(figure(`${way}, ${name}`, "ms", together, { baseline, goal: { timesAsFast: goalTimes } }));
    }
  }
  figures.push(figure("statements a batch", "", counts, { goal: { most: 1, of: "maximum" } }));
  return {
    title: `Ten questions as one batch, ${bench.store.name}`,
    figures,
    notes: ["Statements by the product's counter, those aside that a unit of work takes by itself. The questions' vectors are there already."],
  };
}
