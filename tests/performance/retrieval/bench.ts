/** What the measures of one database share: its tenants, and the model whose vectors it holds. */
import type { StoredModel } from "#domains/knowledge/embedding-queries.ts";
import type { Principal } from "#platform/auth/principal.ts";
import type { EmbeddingEndpoint } from "./endpoint.ts";
import type { Store } from "./store.ts";

export interface Tenant {
  member: Extract<Principal, { kind: "member" }>;
  corpusId: number;
  documents: number;
  /** Passages. */
  chunks: number;
}

export type Model = StoredModel;

export interface Bench {
  store: Store;
  /** Largest first. */
  tenants: Tenant[];
  model: Model;
  /** Gives the vectors of questions that were drawn. */
  endpoint: EmbeddingEndpoint;
}

/** The tenants that each measure looks at, by name. */
export function chosenTenants({ tenants }: Pick<Bench, "tenants">): [string, Tenant][] {
  const places: [string, number][] = [["smallest", tenants.length - 1], ["middle", tenants.length >> 1], ["largest", 0]];
  return places.flatMap(([name, place]) => {
    const tenant = tenants[place];
    return tenant ? [[`${name} tenant (${tenant.chunks.toLocaleString("en")})`, tenant] as [string, Tenant]] : [];
  });
}
