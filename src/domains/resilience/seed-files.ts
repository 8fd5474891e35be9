import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { Consultation, Incident, MitigationStrategy, ThreatModel } from "./schema.ts";
import { foldText } from "./search-text.ts";

export const resilienceFolder = join("supabase", "seed", "resilience");

/** A checked-in row, with the hash of what it says and the text that filters look in. */
export type Seeded<Row> = Row & { hash: string; searchText: string };

export interface Baseline {
  incidents: Seeded<Incident>[];
  threatModels: Seeded<ThreatModel>[];
  mitigationStrategies: Seeded<MitigationStrategy>[];
  consultations: Seeded<Consultation>[];
}

/** Reads the checked-in rows. Throws with the file's name when one doesn't fit its schema or an id stands twice. */
export async function readBaseline(folder = resilienceFolder): Promise<Baseline> {
  const [incidents, threatModels, mitigationStrategies, consultations] = await Promise.all([
    readRows(folder, "incidents.yaml", Incident, ({ title, place, summary, consequence, techniques }) => [title, place, summary, consequence, ...techniques]),
    readRows(folder, "threat-models.yaml", ThreatModel, ({ id, name, meaning, assets, basis }) => [id, name, meaning, ...assets, basis]),
    readRows(folder, "mitigation-strategies.yaml", MitigationStrategy, ({ id, name, summary, topics, techniques }) => [id, name, summary, ...topics, ...techniques]),
    readRows(folder, "consultations.yaml", Consultation, ({ title, body, summary, outcome, indigenousGovernance }) => [title, body, summary, outcome ?? "", indigenousGovernance ?? ""]),
  ]);
  return { incidents, threatModels, mitigationStrategies, consultations };
}

async function readRows<Row extends { id: string }>(folder: string, file: string, schema: z.ZodType<Row>, searched: (row: Row) => string[]): Promise<Seeded<Row>[]> {
  const parsed = z.array(schema).safeParse(parse(await readFile(join(/* turbopackIgnore: true */ folder, file), "utf8")));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const ids = parsed.data.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`${file}: ${twice} stands twice`);
  return parsed.data.map((row) => {
    const searchText = foldText(searched(row).join(" "));
    return { ...row, searchText, hash: createHash("sha256").update(JSON.stringify([row, searchText])).digest("hex") };
  });
}
