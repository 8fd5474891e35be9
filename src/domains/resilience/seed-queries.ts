import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { daysOf } from "./dates.ts";
import type { Baseline } from "./seed-files.ts";

type Table = "app.security_incidents" | "app.threat_models" | "app.mitigation_strategies" | "app.consultation_events";

interface SeededTable {
  table: Table;
  rows: { id: string; hash: string }[];
  /** Writes the rows of these ids over what is there. */
  write: (tx: Tx, ids: string[]) => Promise<void>;
}

/** What each table is seeded with, in an order that may be locked by several processes at once. */
export function tablesOf({ incidents, threatModels, mitigationStrategies, consultations }: Baseline): SeededTable[] {
  return [
    tableOf("app.consultation_events", consultations, ({ opens, closes, indigenousGovernance, ...row }) => ({
      ...row, opens, closes, opens_on: daysOf(opens).first, closes_on: daysOf(closes).last, indigenous_governance: indigenousGovernance,
    })),
    tableOf("app.mitigation_strategies", mitigationStrategies, (row) => row),
    tableOf("app.security_incidents", incidents, ({ started, ended, lostMw, ...row }) => ({
      ...row, started, ended, starts_on: daysOf(started).first, ends_on: daysOf(ended ?? started).last, lost_mw: lostMw,
    })),
    tableOf("app.threat_models", threatModels, (row) => row),
  ];
}

function tableOf<Row extends { id: string; hash: string; searchText: string }>(table: Table, rows: Row[], columnsOf: (row: Omit<Row, "hash" | "searchText">) => object): SeededTable {
  return {
    table,
    rows,
    write: async (tx, ids) => {
      const records = rows.filter(({ id }) => ids.includes(id)).map(({ hash, searchText, ...row }) => ({ ...columnsOf(row), seeded_hash: hash, search_text: searchText }));
      const columns = Object.keys(records[0] ?? {}).toSorted();
      const list = sql.join(columns.map((column) => sql.ref(column)));
      const updates = sql.join(columns.filter((column) => column !== "id").map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`));
      await sql`
        insert into ${sql.table(table)} (${list}) select ${list} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(records)}::jsonb) order by id
        on conflict (id) do update set ${updates}`.execute(tx);
    },
  };
}

/** The hash of what each row was written from, by id. */
export async function listSeededHashes(tx: Tx, table: Table): Promise<Map<string, string>> {
  const rows = await tx.selectFrom(table).select(["id", "seeded_hash"]).execute();
  return new Map(rows.map(({ id, seeded_hash }) => [id, seeded_hash]));
}

export async function deleteRows(tx: Tx, table: Table, ids: string[]): Promise<void> {
  await tx.deleteFrom(table).where("id", "in", ids).execute();
}
