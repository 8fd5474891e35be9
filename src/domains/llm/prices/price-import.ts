import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { readCheckedIn, readPrices } from "./price-file.ts";
import { insertPrice, listPrices, lockPrices, replacePrices } from "./price-queries.ts";
import { forgetPrices } from "./prices.ts";
import type { CataloguedPrice } from "./price-schema.ts";

export interface PriceImportOutcome {
  written: number;
  unchanged: number;
  /** Taken out of the catalogue; calls that were charged by them go on naming them. */
  removed: number;
}

/** Brings the catalogue's checked-in part to the checked-in file. Throws PriceFileError. */
export async function seedPrices(): Promise<PriceImportOutcome> {
  return bring(await readCheckedIn(), ({ origin }) => origin === "checked-in");
}

/**
 * Imports prices of a file (price-file.ts): they go before the checked-in ones, and take the place of all that was imported before
 * for the models that the file names. Throws PriceFileError, and imports nothing, when a row can't be right.
 */
export async function importPrices(text: string): Promise<PriceImportOutcome> {
  const prices = readPrices(text, "imported");
  const named = new Set(prices.map(({ provider, model }) => `${provider}/${model}`));
  return bring(prices, ({ origin, provider, model }) => origin === "imported" && named.has(`${provider}/${model}`));
}

async function bring(prices: CataloguedPrice[], inPlaceOf: (price: CataloguedPrice) => boolean): Promise<PriceImportOutcome> {
  const outcome = await db.as(system("llm.prices"), async (tx) => {
    await lockPrices(tx);
    const current = (await listPrices(tx)).filter(inPlaceOf).map(({ version }) => version);
    const wanted = new Set(prices.map(({ version }) => version));
    const gone = current.filter((version) => !wanted.has(version));
    const added = prices.filter(({ version }) => !current.includes(version));
    if (gone.length > 0) await replacePrices(tx, gone);
    for (const price of added) await insertPrice(tx, price);
    return { written: added.length, unchanged: prices.length - added.length, removed: gone.length };
  });
  forgetPrices();
  return outcome;
}
