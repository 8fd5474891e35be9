/** Ten questions as one batch against LangChain's SupabaseVectorStore, which sends one request for each. */
import { figure, type Figure, type Findings } from "../report.ts";
import { mean, median } from "../statistics.ts";
import { batchSize } from "./batch.ts";
import { chosenTenants, type Bench, type Tenant } from "./bench.ts";
import { openLangchain, tenancies, type Langchain, type Tenancy } from "./langchain-lite.ts";
import { ask, configured, drawQuestions, learnVectors, passagesPerQuestion, type Question } from "./questions.ts";
import { inTurn, timed } from "./timing.ts";

const rounds = 5;
const roundsTuned = 3;
const warmUps = 1;
const goalTimes = 5;
const trials = 5;
const recallAsked = 30;

/** The hybrid batch beside ten of LangChain's vector searches, in sequence and at once; on a server also with theirs tuned. */
export async function measureLangchain(bench: Bench): Promise<Findings> {
  const langchain = await openLangchain(bench);
  try {
    const { tenancy, note } = await fasterTenancy(bench, langchain);
    const figures = await compare(bench, langchain, tenancy, "", rounds);
    const notes = [
      note,
      "LangChain's table and function as its documentation gives them: no index, so exact. Supabase Lite is called in the process, without HTTP. " +
        "Vectors are there on both sides. The product searches by words and feedback as well, and the public passages too.",
    ];
    if (bench.store.engine === "server") {
      const exact: string[][][] = [];
      for (const [, tenant] of chosenTenants(bench)) exact.push(await nearest(bench, langchain, tenant, tenancy));
      await langchain.tune();
      notes.push("Tuned: with an HNSW index as Supabase's documentation advises (ef_search 40), and a function that gives no vectors.");
      figures.push(...(await compare(bench, langchain, tenancy, ", tuned", roundsTuned)));
      for (const [index, [name, tenant]] of chosenTenants(bench).entries()) {
        const found = await nearest(bench, langchain, tenant, tenancy);
        const recalls = (exact[index] ?? []).map((wanted, n) => wanted.filter((id) => found[n]?.includes(id)).length / wanted.length);
        notes.push(`Tuned, LangChain's recall@${passagesPerQuestion} for the ${name}: ${mean(recalls).toFixed(3)}.`);
      }
    }
    return { title: `Ten questions as one batch (hybrid) against LangChain's SupabaseVectorStore (vectors alone), ${bench.store.name}`, figures, notes };
  } finally {
    await langchain.close();
  }
}

async function compare(bench: Bench, langchain: Langchain, tenancy: Tenancy, variant: string, times: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, tenant] of chosenTenants(bench)) {
    const questions = await drawQuestions(bench, tenant, (times + warmUps) * batchSize);
    const batch = (round: number) => questions.slice(round * batchSize, (round + 1) * batchSize);
    const search = ({ vector }: Question) => langchain.search(tenant, tenancy, vector, passagesPerQuestion);
    const [ours = [], inSequence = [], atOnce = []] = await configured("hybrid", bench, async () => {
      await learnVectors(tenant, questions);
      return inTurn(times, warmUps, [
        (round) => ask("hybrid", tenant, batch(round)),
        async (round) => {
          for (const question of batch(round)) await search(question);
        },
        (round) => Promise.all(batch(round).map(search)),
      ]);
    });
    const beside = (how: string, samples: number[]) => ({ baseline: { name: `LangChain, ${how}${variant}`, samples } });
    figures.push(figure(name, "ms", ours, { ...beside("ten in sequence", inSequence), ...(variant === "" ? { goal: { timesAsFast: goalTimes } } : {}) }));
    figures.push(figure(name, "ms", ours, beside("ten at once", atOnce)));
  }
  return figures;
}

/** Tries both ways to keep a search to its tenant, for the middle one. Throws when they find different passages. */
async function fasterTenancy(bench: Bench, langchain: Langchain): Promise<{ tenancy: Tenancy; note: string }> {
  const tenant = bench.tenants[bench.tenants.length >> 1];
  if (!tenant) throw new Error("There are no tenants");
  const questions = await drawQuestions(bench, tenant, trials);
  const medians: number[] = [];
  const found = new Set<string>();
  for (const tenancy of tenancies) {
    const samples: number[] = [];
    const ids: string[][] = [];
    for (const { vector } of questions) samples.push(await timed(async () => ids.push(await langchain.search(tenant, tenancy, vector, passagesPerQuestion))));
    medians.push(median(samples));
    found.add(JSON.stringify(ids));
    if (ids.some(({ length }) => length < passagesPerQuestion)) throw new Error(`LangChain found too little by ${tenancy}`);
  }
  if (found.size > 1) throw new Error("Filter and row security found different passages");
  const [filter = 0, security = 0] = medians;
  const tenancy = filter <= security ? "filter" : "row security";
  const times = `one search takes ${filter.toFixed(0)} ms by filter, ${security.toFixed(0)} ms by row security and a token`;
  return { tenancy, note: `Tenancy on LangChain's side by ${tenancy === "filter" ? "its metadata filter" : tenancy}, the faster: ${times}.` };
}

async function nearest(bench: Bench, langchain: Langchain, tenant: Tenant, tenancy: Tenancy): Promise<string[][]> {
  const found: string[][] = [];
  for (const { vector } of await drawQuestions(bench, tenant, recallAsked)) found.push(await langchain.search(tenant, tenancy, vector, passagesPerQuestion));
  return found;
}
