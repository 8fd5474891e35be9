/** Whether the vector part of the search finds what an exact one finds, under row security. */
import { figure, type Figure, type Findings } from "../report.ts";
import { mean } from "../statistics.ts";
import { chosenTenants, type Bench } from "./bench.ts";
import { drawQuestions, passagesPerQuestion, searchByVector, usesVectorIndex } from "./questions.ts";

const asked = 100;
/** As many as the product takes at once. */
const perStatement = 20;
const goal = 0.95;
const exactly = { enable_indexscan: "off" };
const defaults = { "hnsw.iterative_scan": "off", "hnsw.ef_search": "40" };

/** Recall of the ten nearest passages of each question, as a tenant's member. */
export async function measureRecall(bench: Bench): Promise<Findings> {
  const figures: Figure[] = [];
  const plans: string[] = [];
  for (const [name, tenant] of chosenTenants(bench)) {
    const questions = await drawQuestions(bench, tenant, asked);
    if (await usesVectorIndex(bench, tenant, questions.slice(0, perStatement), exactly)) throw new Error("The exact search uses the index");
    const indexed = await usesVectorIndex(bench, tenant, questions.slice(0, perStatement));
    const recalls: number[] = [];
    const byDefault: number[] = [];
    for (let from = 0; from < questions.length; from += perStatement) {
      const page = questions.slice(from, from + perStatement);
      const wanted = await searchByVector(tenant, bench.model, page, exactly);
      const found = await searchByVector(tenant, bench.model, page);
      const foundByDefault = await searchByVector(tenant, bench.model, page, defaults);
      recalls.push(...wanted.map((ids, index) => shareOf(ids, found[index] ?? [])));
      byDefault.push(...wanted.map((ids, index) => shareOf(ids, foundByDefault[index] ?? [])));
    }
    plans.push(`${name}: ${indexed ? "by the HNSW index" : "all vectors of the corpus read"} (with pgvector's own settings, a mean recall of ${mean(byDefault).toFixed(3)})`);
    figures.push(figure(`recall@${passagesPerQuestion}, ${name}`, "", recalls, {
      baseline: { name: "pgvector's own settings", samples: byDefault },
      goal: { least: goal, of: "mean" },
    }));
  }
  return {
    title: `Vector search against an exact one, ${bench.store.name}`,
    figures,
    notes: [
      `The product's search without words, ${perStatement} questions a statement, as the tenant's member; exact with enable_indexscan off.`,
      `Plans: ${plans.join("; ")}.`,
    ],
  };
}

/** Throws when an exact search found too little to compare with. */
function shareOf(wanted: string[], found: string[]): number {
  if (wanted.length < passagesPerQuestion) throw new Error(`The exact search found ${wanted.length} passages`);
  return wanted.filter((id) => found.includes(id)).length / wanted.length;
}
