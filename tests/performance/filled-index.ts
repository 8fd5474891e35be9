/** An embedded database that holds as many passages as a few years of public documents would. */
import { sql } from "kysely";
import { readSeedEntries } from "#domains/help/seed-files.ts";
import { seedHelp } from "#domains/help/server.ts";
import { indexDocument } from "#domains/knowledge/server.ts";
import { system } from "#platform/auth/principal.ts";
import { useDatabase } from "#platform/db/database.ts";
import { openForServer } from "#platform/db/open.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { documentWriter } from "./synthetic-text.ts";

const sectionsPerDocument = 10;
/** About 300 tokens. */
const sectionCharacters = 1_200;
const documentsPerTransaction = 20;
const seed = 20_261_121;
const bench = system("bench");

export interface FilledIndex {
  passages: number;
  /** How many passages hold a word of each question, and so are ranked for it. */
  ranked: number[];
  /** What the help is about: the titles of its entries. */
  titles: string[];
  fillSeconds: number;
}

/** Fills the embedded database in `dataDir`: the help as shipped, and `passages` made-up ones around it. */
export async function fillIndex(dataDir: string, passages: number, questionsOf: (titles: string[]) => string[]): Promise<FilledIndex> {
  const started = performance.now();
  const entries = await readSeedEntries();
  const write = documentWriter(entries.map(({ title, body }) => `${title} ${body}`).join("\n"), seed);
  const database = await openForServer({ DATA_DIR: dataDir, DATABASE_URL: undefined, DATABASE_POOL_MAX: 1, SUPABASE_URL: undefined });
  useDatabase(Promise.resolve(database));
  try {
    await seedHelp();
    const documents = passages / sectionsPerDocument;
    for (let from = 0; from < documents; from += documentsPerTransaction) {
      await db.as(bench, async (tx) => {
        for (let n = from; n < Math.min(documents, from + documentsPerTransaction); n += 1) {
          const document = { tenantId: null, source: "help" as const, sourceId: `bench-${n}`, url: `/help/bench-${n}`, keywords: [] };
          await indexDocument(tx, { ...document, ...write(sectionsPerDocument, sectionCharacters) });
        }
      });
    }
    const fillSeconds = (performance.now() - started) / 1_000;
    const titles = entries.map(({ title }) => title);
    return { ...(await describe(questionsOf(titles))), titles, fillSeconds };
  } finally {
    await database.close();
    useDatabase(undefined);
  }
}

async function describe(questions: string[]): Promise<{ passages: number; ranked: number[] }> {
  return db.as(bench, async (tx) => {
    const all = await sql<{ passages: number }>`select count(*)::int as passages from app.chunks`.execute(tx);
    const ranked = await sql<{ passages: number }>`
      select (select count(*)::int from app.chunks where search @@ regexp_replace(
        plainto_tsquery('english', question)::text, '&|<->', '|', 'g')::tsquery) as passages
      from unnest(${questions}::text[]) as input (question)`.execute(tx);
    return { passages: all.rows[0]?.passages ?? 0, ranked: ranked.rows.map((row) => row.passages) };
  });
}
