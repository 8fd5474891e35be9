import { CompiledQuery } from "kysely";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { costOf } from "#domains/llm/prices/prices.ts";
import { usageBuckets, type Usage } from "#domains/llm/index.ts";

interface Question {
  version: string;
  provider: string;
  model: string;
  at: string;
  service: string;
  usage: Usage;
}

export interface CostDifference extends Question {
  ours: string | null;
  reference: string | null;
}

/** The same cost, worked out by Postgres in numeric from the rows of the catalogue: found by date, its tier chosen, summed. */
const reference = `
  select question.n::int, (
    select case when count(*) = count(rate.usd_per_million) then coalesce(sum(used.value::numeric * rate.usd_per_million), 0) * 0.000001 end::text
    from jsonb_each_text(question.usage) used
    join app.llm_prices price on price.provider = question.provider and price.model = question.model and price.replaced_at is null
      and question.at::date >= coalesce(price.effective_from, '-infinity') and question.at::date < coalesce(price.effective_to, 'infinity')
    left join app.llm_price_rates rate on rate.version = price.version and rate.service = question.service and rate.bucket = used.key
      and rate.tier = case when (
        select sum(part.value::bigint) from jsonb_each_text(question.usage) part where part.key !~ 'output|reasoning|search') > price.tier_above then 1 else 0 end
    where used.value::bigint > 0
  ) as cost
  from rows from (jsonb_to_recordset($1::jsonb) as (provider text, model text, at timestamptz, service text, usage jsonb)) with ordinality as question (provider, model, at, service, usage, n)
  order by question.n`;

const priced = `
  select price.version, price.provider, price.model, to_char(coalesce(price.effective_from, price.effective_to - 1, date '2026-11-21'), 'YYYY-MM-DD') as day, price.tier_above,
    array_agg(distinct rate.bucket) as buckets
  from app.llm_prices price join app.llm_price_rates rate on rate.version = price.version where price.replaced_at is null
  group by price.version order by price.version`;

/** Numbers that are the same in each run, of all magnitudes. */
function amounts(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % 10 ** (1 + (state >>> 28) % 7);
  };
}

/**
 * Compares what costOf() answers with the reference, over every price of the catalogue: each bucket it knows by itself, all at once,
 * prompts at the threshold of its tier and one above, by each service, and usage that it has no price for.
 */
export async function compareCosts(): Promise<{ prices: number; questions: number; priced: number; differences: CostDifference[] }> {
  const query = <Row>(text: string, values: unknown[] = []) => db.as(system("evaluation"), async (tx) => (await tx.executeQuery<Row>(CompiledQuery.raw(text, values))).rows);
  const rows = await query<{ version: string; provider: string; model: string; day: string; tier_above: number | null; buckets: string[] }>(priced);
  const questions: Question[] = rows.flatMap(({ version, provider, model, day, tier_above, buckets }, index) => {
    const next = amounts(index + 1);
    const known = usageBuckets.filter((bucket) => buckets.includes(bucket));
    const random = () => Object.fromEntries(known.map((bucket) => [bucket, next()]));
    const usages: Usage[] = [...known.map((bucket) => ({ [bucket]: 1 + next() })), random(), random(), Object.fromEntries(usageBuckets.map((bucket) => [bucket, next()]))];
    if (tier_above !== null) usages.push({ input: tier_above, output: next() }, { input: tier_above - 1, cache_read: 1, output: next() }, { input: tier_above, cache_read: 1, output: next() }, { input: tier_above + 1 });
    return ["standard", "batch", "flex", "priority"].flatMap((service) => usages.map((usage) => ({ version, provider, model, at: `${day}T12:00:00Z`, service, usage })));
  });
  const references = await query<{ n: number; cost: string | null }>(reference, [JSON.stringify(questions)]);
  const differences: CostDifference[] = [];
  let pricedQuestions = 0;
  for (const [index, question] of questions.entries()) {
    const { costUsd } = await costOf({ ...question, serviceTier: question.service, at: new Date(question.at) });
    const theirs = references[index]?.cost ?? null;
    const exact = theirs?.includes(".") ? theirs.replace(/\.?0+$/, "") : theirs;
    if (costUsd !== null) pricedQuestions += 1;
    if (costUsd !== exact) differences.push({ ...question, ours: costUsd, reference: theirs });
  }
  return { prices: rows.length, questions: questions.length, priced: pricedQuestions, differences };
}
