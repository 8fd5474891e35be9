/** npm run prices:import -- FILE: takes prices of models from a CSV file, which go before the checked-in ones. */
import { readFile } from "node:fs/promises";
import { runOnDatabase } from "./run.ts";
import { importPrices } from "#domains/llm/server.ts";

await runOnDatabase(async (database) => {
  const [file, ...more] = process.argv.slice(2);
  if (file === undefined || more.length > 0) throw new Error("npm run prices:import -- FILE\n  Its columns are those of supabase/seed/prices/models.csv.");
  const { written, unchanged, removed } = await importPrices(await readFile(file, "utf8"));
  console.log(`Prices into ${database.description}: ${written} written, ${unchanged} unchanged, ${removed} replaced.`);
});
