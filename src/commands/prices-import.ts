/** npm run prices:import -- FILE: takes prices of models from a CSV file, which go before the checked-in ones; --remove takes them back. */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { runOnDatabase } from "./run.ts";
import { importPrices, removeImportedPrices } from "#domains/llm/server.ts";

const usage = `npm run prices:import -- FILE [--force PROVIDER/MODEL]...
  Its columns are those of supabase/seed/prices/models.csv. --force takes a model's price although it is far from what the catalogue has.
npm run prices:import -- --remove PROVIDER/MODEL
  Takes back what was imported for a model: the checked-in price holds again, if there is one.`;

interface Choice {
  file: string | null;
  remove: string | null;
  force: string[];
}

/** What the command line asks for. Throws with the usage. */
function choose(): Choice {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { remove: { type: "string" }, force: { type: "string", multiple: true, default: [] } } });
    const [file = null, ...more] = positionals;
    const remove = values.remove ?? null;
    const names = [...values.force, ...(remove === null ? [] : [remove])];
    if (more.length > 0 || (file === null) === (remove === null) || (file === null && values.force.length > 0) || names.some((name) => !/^[^/]+\/./.test(name))) throw new Error();
    return { file, remove, force: values.force };
  } catch {
    throw new Error(usage);
  }
}

await runOnDatabase(async (database) => {
  const { file, remove, force } = choose();
  if (file !== null) {
    const { written, unchanged, removed } = await importPrices(await readFile(file, "utf8"), force);
    console.log(`Prices into ${database.description}: ${written} written, ${unchanged} unchanged, ${removed} replaced.`);
  } else if (remove !== null) {
    const removed = await removeImportedPrices(remove);
    if (removed === 0) throw new Error(`No price of ${remove} was imported.`);
    console.log(`Prices in ${database.description}: ${removed} of ${remove} taken back.`);
  }
});
