/** An embedded database that holds as many passages as a few years of public documents would. */
import { sql } from "kysely";
import { readSeedEntries } from "#domains/help/seed-files.ts";
import { seedHelp } from "#domains/help/server.ts";
import { analyseQuestion } from "#domains/knowledge/question.ts";
import { indexDocuments } from "#domains/knowledge/server.ts";
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
      const numbers = Array.from({ length: Math.min(documentsPerTransaction, documents - from) }, (_, n) => from + n);
      const made = numbers.map((n) => ({
        tenantId: null, source: "help", sourceId: `bench-${n}`, url: `/help/bench-${n}`, tags: [], ...write(sectionsPerDocument, sectionCharacters),
      }));
      await db.as(bench, (tx) => indexDocuments(tx, made));
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
  const terms = questions.map((question) => analyseQuestion(question).slots.flatMap((slot) => slot.terms));
  return db.as(bench, async (tx) => {
    const all = await sql<{ passages: number }>`select chunk_count as passages from app.corpora where tenant_id is null`.execute(tx);
    const ranked: number[] = [];
    for (const wanted of terms) {
      const { rows } = await sql<{ passages: number }>`
        select count(distinct (block << 10) | (entry >> 20))::int as passages
        from app.terms term join app.postings on term_id = term.id cross join lateral unnest(entries) as entry
        where term.corpus_id = (select id from app.corpora where tenant_id is null) and term = any (${wanted}::text[])`.execute(tx);
      ranked.push(rows[0]?.passages ?? 0);
    }
    return { passages: all.rows[0]?.passages ?? 0, ranked };
  });
}
