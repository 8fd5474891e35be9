/** Whether the index's statistics stay exact under edits, some of them at once. */
import { sql } from "kysely";
import { countDrift } from "#domains/knowledge/queries.ts";
import { indexDocument, removeDocument } from "#domains/knowledge/server.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { figure, type Findings } from "../report.ts";
import { randomNumbers } from "../statistics.ts";
import type { Bench } from "./bench.ts";
import type { Writer } from "./documents.ts";
import { timed } from "./timing.ts";

const editor = system("bench");
/** Of the edits; the others write a document, which replaces one or is new. */
const removals = 1 / 3;
/** Numbers that documents are drawn from, by those there are: some are new. */
const beyond = 1.25;
const passagesAtMost = 5;
const recountMemory = "512MB";

/** Edits documents of random tenants from every connection at once, and recounts. */
export async function measureStatistics({ store, tenants }: Bench, write: Writer, edits: number): Promise<Findings> {
  const random = randomNumbers(edits);
  const samples = { write: [] as number[], remove: [] as number[] };
  let left = edits;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const tenant = tenants[Math.floor(random() * tenants.length)];
      if (!tenant) return;
      const { tenantId } = tenant.member;
      const number = Math.floor(random() * tenant.documents * beyond);
      const document = write(tenantId, number, 1 + Math.floor(random() * passagesAtMost));
      const edit = random() < removals ? "remove" : "write";
      const change = edit === "remove" ? removeDocument : indexDocument;
      samples[edit].push(await timed(() => db.as(editor, (tx): Promise<unknown> => change(tx, document))));
    }
  };
  const ms = await timed(() => Promise.all(Array.from({ length: store.connections }, work)));
  const drift = await db.as(editor, async (tx) => {
    await sql`select set_config('statement_timeout', '0', true), set_config('work_mem', ${recountMemory}, true)`.execute(tx);
    return countDrift(tx);
  });
  const exact = { goal: { most: 0, of: "maximum" as const } };
  return {
    title: `Statistics after ${edits.toLocaleString("en")} random edits, ${store.name}`,
    figures: [
      figure("terms with a wrong count of passages", "", [drift.terms], exact),
      figure("postings too many, missing or wrong", "", [drift.postings], exact),
      figure("passages counted wrong", "", [drift.chunks], exact),
      figure("words counted wrong", "", [drift.length], exact),
      figure("edits per second", "/s", [edits / (ms / 1_000)]),
      figure("one edit: insert or replace", "ms", samples.write),
      figure("one edit: delete", "ms", samples.remove),
    ],
    notes: [
      `From ${store.connections === 1 ? "the one connection" : `${store.connections} connections at once`}, over all tenants alike; ` +
        `documents of 1 to ${passagesAtMost} passages take the place of some of ten; one deletion in five or so finds nothing to delete.`,
    ],
  };
}
