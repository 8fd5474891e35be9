import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { priceNames } from "./cost.ts";
import { PriceFileError, readCheckedIn, readPrices } from "./price-file.ts";
import { insertPrice, listPrices, lockPrices, replacePrices } from "./price-queries.ts";
import { problemsWithKnown } from "./price-rules.ts";
import { forgetPrices } from "./prices.ts";
import type { CataloguedPrice, Price } from "./price-schema.ts";

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
 * for the models that the file names. Throws PriceFileError, and imports nothing, when a row can't be right, or is far from what the
 * catalogue has for the model, unless `meant` names it as provider/model.
 */
export async function importPrices(text: string, meant: readonly string[] = []): Promise<PriceImportOutcome> {
  const prices = readPrices(text, "imported");
  const checkedIn = await readCheckedIn();
  const named = new Set(prices.map(nameOf));
  const refuseFar = (current: readonly CataloguedPrice[]) => {
    const problems = prices.filter((price) => !meant.includes(nameOf(price))).flatMap((price) => problemsWithKnown(price, knownOf(price, checkedIn) ?? knownOf(price, current) ?? []));
    if (problems.length > 0) throw new PriceFileError(problems.map(({ price, problem }) => `${nameOf(price)}: ${problem}; if it is meant, add --force ${nameOf(price)}`));
  };
  return bring(prices, (price) => price.origin === "imported" && named.has(nameOf(price)), refuseFar);
}

/** Takes back every imported price of a model, named as provider/model: the checked-in one holds again, if there is one. Answers how many there were. */
export async function removeImportedPrices(name: string): Promise<number> {
  return (await bring([], (price) => price.origin === "imported" && nameOf(price) === name)).removed;
}

const nameOf = ({ provider, model }: Price) => `${provider}/${model}`;

/** Prices of the model by its own name, else by its name without the build; null for none. */
function knownOf({ provider, model }: Price, prices: readonly Price[]): readonly Price[] | null {
  return priceNames(model).map((name) => prices.filter((each) => each.provider === provider && priceNames(each.model)[0] === name)).find(({ length }) => length > 0) ?? null;
}

async function bring(prices: CataloguedPrice[], inPlaceOf: (price: CataloguedPrice) => boolean, check: (current: readonly CataloguedPrice[]) => void = () => undefined): Promise<PriceImportOutcome> {
  const outcome = await db.as(system("llm.prices"), async (tx) => {
    await lockPrices(tx);
    const all = await listPrices(tx);
    check(all);
    const current = all.filter(inPlaceOf).map(({ version }) => version);
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
