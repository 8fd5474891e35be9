import { AppError } from "#lib/errors.ts";
import type { Member } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import * as queries from "./organisation-export-queries.ts";

/** The search index of documents, which are exported whole. */
const derivedTables = ["corpora"];
const pageRows = 1_000;
const pageBytes = 4 * 1024 * 1024;

/**
 * Everything that is the organisation's own, as newline-delimited JSON: a line on the export, then a line for each row,
 * `{"table", "row"}`, and a last one that says how many there were, without which the file isn't whole. It is read in
 * pages, each in a transaction of its own and of bounded size, up to the rows that were there at the start.
 */
export async function* exportOrganisation(principal: Member, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
  const { tenantId } = principal;
  const start = await db.as(principal, async (tx) => {
    const header = await queries.readHeader(tx, tenantId);
    if (!header) throw new AppError("NOT_FOUND", { detail: "This organisation doesn’t exist any more." });
    const sources: { table: queries.ExportTable; last: string[] }[] = [];
    for (const table of await queries.listExportTables(tx, derivedTables)) {
      const last = await queries.lastKey(tx, table, tenantId);
      if (last) sources.push({ table, last });
    }
    await audit(tx, "organisation.exported", tenantId);
    return { header, sources };
  });
  const { id, name, created_at: createdAt } = start.header;
  yield lineOf({ export: "organisation", version: 1, exportedAt: new Date().toISOString(), organisation: { id, name, createdAt } });
  let rows = 0;
  for await (const lines of pages(principal, start.sources, signal)) {
    rows += lines.length;
    yield lines.map((line) => `${line}\n`).join("");
  }
  yield lineOf({ end: true, rows });
}

async function* pages(principal: Member, sources: { table: queries.ExportTable; last: string[] }[], signal: AbortSignal): AsyncGenerator<string[], void, undefined> {
  yield* peoplePages(principal, signal);
  for (const { table, last } of sources) {
    let after: string[] | null = null;
    for (;;) {
      signal.throwIfAborted();
      const range: queries.ExportRange = { after, last, rowsAtMost: pageRows, bytesAtMost: pageBytes };
      const rows: queries.ExportRow[] = await db.as(principal, (tx) => queries.readRows(tx, table, principal.tenantId, range));
      if (rows.length === 0) break;
      yield rows.map(({ line }) => `{"table":${JSON.stringify(table.name)},"row":${line}}`);
      after = rows.at(-1)?.key ?? after;
    }
  }
}

async function* peoplePages(principal: Member, signal: AbortSignal): AsyncGenerator<string[], void, undefined> {
  for (let after: string | null = null; ; ) {
    signal.throwIfAborted();
    const people: { id: string; name: string; email: string }[] = await db.as(principal, (tx) => queries.readPeople(tx, principal.tenantId, after, pageRows));
    if (people.length === 0) return;
    yield people.map((row) => JSON.stringify({ table: "users", row }));
    after = people.at(-1)?.id ?? after;
  }
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
