/** npm run seed: brings the help content in the database to the checked-in text. */
import { runOnDatabase } from "./run.ts";
import { seedHelp } from "#domains/help/server.ts";

await runOnDatabase(async (database) => {
  console.log(`Seeding ${database.description}`);
  const { written, unchanged, edited, removed } = await seedHelp({
    removeMissing: true,
    onProgress: (done, total) => {
      if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${total} entries${done === total ? "\n" : ""}`);
    },
  });
  console.log(`Help: ${written} written, ${unchanged} unchanged, ${edited} edited by people and kept, ${removed} removed.`);
});
