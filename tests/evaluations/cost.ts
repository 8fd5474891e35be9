/** npm run eval:cost: every price of the checked-in catalogue against a reference in SQL numeric. Needs neither network nor data. */
import { parseArgs } from "node:util";
import { bootPglite, embeddedDatabase, prepareEmbedded, rest } from "#platform/db/embedded-engine.ts";
import { useDatabase } from "#platform/db/database.ts";
import { seedPrices } from "#domains/llm/server.ts";
import { runEvaluation } from "./command.ts";
import { compareCosts } from "./cost-reference.ts";

await runEvaluation(async () => {
  parseArgs({ options: {} });
  const pglite = await bootPglite();
  await prepareEmbedded(pglite);
  await rest(pglite);
  const database = embeddedDatabase(pglite, "PGlite in memory");
  useDatabase(Promise.resolve(database));
  await seedPrices();
  const { prices, questions, priced, differences } = await compareCosts();
  console.log(`${prices} prices, ${questions} calls (${priced} with a price for all they used): ${differences.length} differences from SQL numeric`);
  for (const difference of differences.slice(0, 20)) console.log(JSON.stringify(difference));
  await database.close();
  process.exitCode = differences.length === 0 ? 0 : 1;
});
