import { z } from "zod";
import { RowVersion } from "#platform/http/row-version.ts";
import { consentGaps, governedTags } from "#domains/llm/policy/governance.ts";

const Name = z.string().trim().min(1, "Write a name").max(200);

export const GovernedDatasetParams = z.object({
  /** As calls name their data: for values of the grid the source's id, for passages the source that they are of, such as `help`. */
  id: Name,
});

const Governance = z.strictObject({
  /** The community or nation whose decision each use is; null where it isn't known, and then no use is consented to. */
  steward: Name.nullable(),
  tags: z.array(z.enum(governedTags)).min(1, "Choose at least one tag"),
  /** Why it is governed, and who says so. */
  reason: z.string().trim().min(1, "Say why the dataset is governed").max(1_000),
});

/** What puts a dataset under its community's governance, or changes what is known of it. */
export const GovernedDatasetInput = Governance.extend({
  /** The one that the editor knows, null for a dataset that isn't governed yet: a change based on an older one is refused. */
  version: RowVersion.nullable(),
});
export type GovernedDatasetInput = z.infer<typeof GovernedDatasetInput>;

export const GovernedDatasetDeleteQuery = z.strictObject({ version: z.coerce.number().pipe(RowVersion) });

export const GovernedDatasetView = Governance.extend({ id: z.string(), version: z.number().int(), governedSince: z.iso.datetime(), updatedAt: z.iso.datetime() });
export type GovernedDatasetView = z.infer<typeof GovernedDatasetView>;

/** A governed dataset, with why no model may read it now; null while its steward's consent covers that. */
export const GuardedDataset = GovernedDatasetView.extend({ gap: z.enum(consentGaps).nullable() });
export type GuardedDataset = z.infer<typeof GuardedDataset>;

export const GovernedDatasetList = z.object({ datasets: z.array(GuardedDataset) });
