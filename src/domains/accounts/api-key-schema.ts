import { z } from "zod";
import { apiScopes } from "#platform/auth/principal.ts";
import { Label } from "./organisation-schema.ts";

export const ApiKeyScope = z.enum(apiScopes);

export const OrganisationKey = z.object({
  id: z.uuid(),
  name: z.string(),
  /** How the key begins, to tell keys apart. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.iso.datetime(),
  /** To the minute; null when it was never used. */
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type OrganisationKey = z.infer<typeof OrganisationKey>;
export const KeyPage = z.object({ keys: z.array(OrganisationKey), nextCursor: z.string().nullable() });

export const KeyRequest = z.strictObject({
  name: Label,
  scopes: z.array(ApiKeyScope).min(1, "Choose at least one scope.").refine((scopes) => new Set(scopes).size === scopes.length, "Name each scope once."),
});
export type KeyRequest = z.infer<typeof KeyRequest>;

export const NewKey = z.object({
  apiKey: OrganisationKey,
  /** Shown this once. */
  key: z.string(),
});
export type NewKey = z.infer<typeof NewKey>;
