import { processWide } from "#lib/process-wide.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { type Catalogue, catalogueOf, mostOf, type MostQuestion, priceUsage } from "./cost.ts";
import { listPrices } from "./price-queries.ts";
import type { Cost, CostQuestion } from "./price-schema.ts";

/** How long a process goes on with prices that another one may have replaced. */
const freshMs = 60_000;
const reader = system("llm.prices");
const loaded = processWide<{ catalogue: Promise<Catalogue> | null; until: number }>("llm-prices", () => ({ catalogue: null, until: 0 }));

function catalogue(): Promise<Catalogue> {
  if (loaded.catalogue && Date.now() < loaded.until) return loaded.catalogue;
  const reading = db.as(reader, listPrices).then(catalogueOf);
  const before = loaded.catalogue;
  loaded.catalogue = reading;
  loaded.until = Date.now() + freshMs;
  // Prices that can't be read now are those that were read before, if any.
  reading.catch(() => {
    if (loaded.catalogue === reading) Object.assign(loaded, { catalogue: before, until: before ? Date.now() + 1_000 : 0 });
  });
  return reading;
}

/** Prices are read again at their next use: after an import. */
export function forgetPrices(): void {
  loaded.catalogue = null;
}

/** What a call cost, exactly; what has no price is named and counted, and the cost is null then. */
export async function costOf(question: CostQuestion): Promise<Cost> {
  const cost = priceUsage(await catalogue(), question);
  if (cost.unpriced.length > 0) metrics().llmUnpriced.inc({ provider: question.provider });
  return cost;
}

/** The most that a call can cost at the standard service: an exact decimal in USD, null for a model without a price. */
export async function mostItCanCost(question: Omit<MostQuestion, "at">): Promise<string | null> {
  return mostOf(await catalogue(), { ...question, at: new Date() });
}
