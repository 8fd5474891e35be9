/** npm run seed: brings the help content, incidents, threats, consultations and prices of models in the database to the checked-in files. */
import { runOnDatabase } from "./run.ts";
import { seedHelp } from "#domains/help/server.ts";
import { seedPrices } from "#domains/llm/server.ts";
import { seedResilience } from "#domains/resilience/server.ts";

await runOnDatabase(async (database) => {
  console.log(`Seeding ${database.description}`);
  const { written, unchanged, edited, removed } = await seedHelp({
    removeMissing: true,
    onProgress: (done, total) => {
      if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${total} entries${done === total ? "\n" : ""}`);
    },
  });
  console.log(`Help: ${written} written, ${unchanged} unchanged, ${edited} edited by people and kept, ${removed} removed.`);
  const resilience = await seedResilience({ removeMissing: true });
  console.log(`Resilience: ${resilience.written} written, ${resilience.unchanged} unchanged, ${resilience.removed} removed.`);
  const prices = await seedPrices();
  console.log(`Prices of models: ${prices.written} written, ${prices.unchanged} unchanged, ${prices.removed} replaced.`);
});
