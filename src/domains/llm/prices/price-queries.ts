import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { Price, type CataloguedPrice, type PriceOrigin } from "./price-schema.ts";

const day = (name: string) => sql<string | null>`to_char(${sql.ref(name)}, 'YYYY-MM-DD')`;

/** Every price that no later import replaced. */
export async function listPrices(tx: Tx): Promise<CataloguedPrice[]> {
  const rows = await tx
    .selectFrom("app.llm_prices as price")
    .innerJoin("app.llm_price_rates as rate", "rate.version", "price.version")
    .select(["price.version", "price.provider", "price.model", "price.tier_above", "price.origin", "price.source", "price.note",
      day("price.effective_from").as("from"), day("price.effective_to").as("to"), day("price.as_of").as("as_of"),
      sql<unknown>`json_agg(json_build_object('service', rate.service, 'tier', rate.tier, 'bucket', rate.bucket, 'usdPerMillion', rate.usd_per_million::text) order by rate.service, rate.tier, rate.bucket)`.as("rates")])
    .where("price.replaced_at", "is", null)
    .groupBy("price.version")
    .orderBy("price.provider").orderBy("price.model").orderBy("price.effective_from")
    .execute();
  return rows.map(({ version, origin, from, to, tier_above, as_of, ...row }) => ({
    ...Price.parse({ provider: row.provider, model: row.model, effectiveFrom: from, effectiveTo: to, tierAbove: tier_above, source: row.source, asOf: as_of, note: row.note, rates: row.rates }),
    version, origin: origin === "imported" ? "imported" : "checked-in",
  }));
}

/** Lets one import at a time compare and write. */
export async function lockPrices(tx: Tx): Promise<void> {
  await sql`lock table app.llm_prices in share row exclusive mode`.execute(tx);
}

/** Takes prices out of the catalogue; they stay for the calls that were charged by them. */
export async function replacePrices(tx: Tx, versions: string[]): Promise<void> {
  await tx.updateTable("app.llm_prices").set({ replaced_at: sql<Date>`now()` }).where("version", "in", versions).execute();
}

/** Adds a price, or brings one back that was replaced. */
export async function insertPrice(tx: Tx, { version, rates, ...price }: CataloguedPrice & { origin: PriceOrigin }): Promise<void> {
  const row = { effective_from: price.effectiveFrom, effective_to: price.effectiveTo, tier_above: price.tierAbove, origin: price.origin, source: price.source, as_of: price.asOf, note: price.note };
  await tx
    .insertInto("app.llm_prices")
    .values({ version, provider: price.provider, model: price.model, ...row })
    .onConflict((conflict) => conflict.column("version").doUpdateSet({ ...row, replaced_at: null }))
    .execute();
  await tx
    .insertInto("app.llm_price_rates")
    .values(rates.map(({ service, tier, bucket, usdPerMillion }) => ({ version, service, tier, bucket, usd_per_million: usdPerMillion })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
