/** How long one question takes, by the size of the tenant that asks. */
import { sql } from "kysely";
import { db } from "#platform/db/unit-of-work.ts";
import { figure, type Figure, type Findings } from "../report.ts";
import { chosenTenants, type Bench, type Tenant } from "./bench.ts";
import { ask, configured, drawQuestions, ways, type Question } from "./questions.ts";
import { inTurn } from "./timing.ts";

const rounds = 60;
const smallRounds = 200;
const warmUps = 5;
/** Tenants of up to this many passages have a goal. */
const smallTenant = 4_000;
const goalMs = 60;

/** Keyword and hybrid, each in turn with an empty unit of work, for single tenants and for all small ones. */
export async function measureOneQuestion(bench: Bench): Promise<Findings> {
  const figures: Figure[] = [];
  const measure = async (name: string, asked: { tenant: Tenant; question: Question }[], goal: boolean) => {
    const at = (round: number) => asked[round] as (typeof asked)[number];
    for (const way of ways) {
      const [nothing = [], samples = []] = await configured(way, bench, () => inTurn(asked.length - warmUps, warmUps, [
        (round) => db.as(at(round).tenant.member, (tx) => sql`select 1`.execute(tx)),
        (round) => ask(way, at(round).tenant, [at(round).question]),
      ]));
      const baseline = { name: "a unit of work that selects 1", samples: nothing };
      figures.push(figure(`${way}, ${name}`, "ms", samples, { baseline, ...(goal ? { goal: { most: goalMs, of: "p95" } } : {}) }));
    }
  };
  for (const [name, tenant] of chosenTenants(bench)) {
    await measure(name, (await drawQuestions(bench, tenant, rounds + warmUps)).map((question) => ({ tenant, question })), false);
  }
  const small = bench.tenants.filter(({ chunks }) => chunks <= smallTenant);
  const perTenant = Math.ceil((smallRounds + warmUps) / Math.max(1, small.length));
  const drawn: { tenant: Tenant; question: Question }[] = [];
  for (const tenant of small) drawn.push(...(await drawQuestions(bench, tenant, perTenant)).map((question) => ({ tenant, question })));
  if (small.length > 0) await measure(`tenants up to ${smallTenant.toLocaleString("en")} passages (${small.length} of them)`, drawn, true);
  return {
    title: `One question, ${bench.store.name}`,
    figures,
    notes: [
      "A question is eight words of a passage; its vector lies near the passage's. It searches the tenant's passages and the public ones.",
      "Hybrid includes asking an endpoint on this machine for the question's vector, which it has ready.",
    ],
  };
}
