/** The documents of the benchmark, and the tenants they belong to. */
import { readSeedEntries } from "#domains/help/seed-files.ts";
import type { DocumentInput } from "#domains/knowledge/index.ts";
import { documentWriter } from "../synthetic-text.ts";

export const passagesPerDocument = 10;
/** About 65 different terms a passage, title and heading included. */
const sectionCharacters = 620;
/** Sizes fall with the rank as rank^-0.7: 100,000 passages over 50 tenants are 12,400 at the top and 800 at the end. */
const sizeExponent = 0.7;
const seed = 20_261_121;

/** Writes the `number`th document of a tenant, with as many passages; another one each time. */
export type Writer = (tenantId: string, number: number, passages?: number) => DocumentInput;

/** A writer of documents in the words of the help. */
export async function openWriter(): Promise<Writer> {
  const entries = await readSeedEntries();
  const write = documentWriter(entries.map(({ title, body }) => `${title} ${body}`).join("\n"), seed);
  return (tenantId, number, passages = passagesPerDocument) => {
    const sourceId = `bench-${number}`;
    return { tenantId, source: "bench", sourceId, url: `/documents/${sourceId}`, tags: [], ...write(passages, sectionCharacters) };
  };
}

/** How many documents each tenant has, largest first, so that all have about `chunks` passages. */
export function documentsPerTenant(chunks: number, tenants: number): number[] {
  const weights = Array.from({ length: tenants }, (_, rank) => (rank + 1) ** -sizeExponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.max(1, Math.round((weight / total) * (chunks / passagesPerDocument))));
}
