/** Fills a database through the product's own indexing, and says how fast that was. */
import { system } from "#platform/auth/principal.ts";
import { indexDocuments } from "#domains/knowledge/server.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { createMember } from "../../support/factories.ts";
import { randomNumbers } from "../statistics.ts";
import type { Tenant } from "./bench.ts";
import { documentsPerTenant, passagesPerDocument, type Writer } from "./documents.ts";
import type { Store } from "./store.ts";

/** As many as indexDocuments writes in one statement. */
const documentsPerUnitOfWork = 50;
const indexer = system("bench");

export interface Filled {
  tenants: Tenant[];
  /** Passages a second, of each unit of work. */
  rates: number[];
  /** Seconds in the product's indexing, writing the documents aside. */
  seconds: number;
}

/** Makes the tenants and indexes their documents, 50 of one tenant at a time, tenants in random turn. */
export async function fillTenants(store: Store, write: Writer, chunks: number, tenants: number): Promise<Filled> {
  const sizes = documentsPerTenant(chunks, tenants);
  const members = await Promise.all(sizes.map((_, rank) => createMember(`Tenant ${rank + 1}`)));
  const units = sizes.flatMap((documents, rank) =>
    Array.from({ length: Math.ceil(documents / documentsPerUnitOfWork) }, (_, unit) => {
      const first = unit * documentsPerUnitOfWork;
      return { tenantId: members[rank]?.tenantId ?? "", numbers: range(first, Math.min(documents, first + documentsPerUnitOfWork)) };
    }),
  );
  const rates: number[] = [];
  let seconds = 0;
  for (const { tenantId, numbers } of shuffled(units)) {
    const documents = numbers.map((number) => write(tenantId, number));
    const started = performance.now();
    await db.as(indexer, (tx) => indexDocuments(tx, documents));
    const took = (performance.now() - started) / 1_000;
    seconds += took;
    rates.push((documents.length * passagesPerDocument) / took);
  }
  const corpora = await store.owner<{ id: number; tenant_id: string; chunk_count: number }>("select id, tenant_id, chunk_count from app.corpora");
  const found = members.flatMap((member, rank): Tenant[] => {
    const corpus = corpora.find(({ tenant_id }) => tenant_id === member.tenantId);
    return corpus ? [{ member, corpusId: corpus.id, documents: sizes[rank] ?? 0, chunks: corpus.chunk_count }] : [];
  });
  return { tenants: found, rates, seconds };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** Fisher and Yates, the same order each time. */
function shuffled<T>(items: T[]): T[] {
  const random = randomNumbers(items.length);
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
