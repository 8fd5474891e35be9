import { z } from "zod";
import { governedTags } from "#domains/llm/policy/governance.ts";

const Name = z.string().trim().min(1, "Write a name").max(200);

export const GovernedDatasetParams = z.object({
  /** As calls name their data: for values of the grid the source's id, for passages the source that they are of, such as `help`. */
  id: Name,
});

/** What puts a dataset under its community's governance. */
export const GovernedDatasetInput = z.strictObject({
  /** The community or nation whose decision each use is; null where it isn't known, and then no use is consented to. */
  steward: Name.nullable(),
  tags: z.array(z.enum(governedTags)).min(1, "Choose at least one tag"),
  /** Why it is governed, and who says so. */
  reason: z.string().trim().min(1, "Say why the dataset is governed").max(1_000),
});
export type GovernedDatasetInput = z.infer<typeof GovernedDatasetInput>;

export const GovernedDatasetView = GovernedDatasetInput.extend({ id: z.string(), updatedAt: z.iso.datetime() });
export type GovernedDatasetView = z.infer<typeof GovernedDatasetView>;

export const GovernedDatasetList = z.object({ datasets: z.array(GovernedDatasetView) });
