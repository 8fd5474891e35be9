import { z } from "zod";
import { flagKeys } from "./flags.ts";

export const FlagChange = z.strictObject({ enabled: z.boolean(), rolloutPercent: z.number().int().min(0).max(100) });
export type FlagChange = z.infer<typeof FlagChange>;

export const FlagView = z.object({
  key: z.enum(flagKeys),
  /** What it switches, and what is without it. */
  says: z.string(),
  enabled: z.boolean(),
  /** Share of users, organisations or addresses that it is on for, by a stable hash. */
  rolloutPercent: z.number().int(),
  /** When it was last switched; null for one that is as it was shipped. */
  updatedAt: z.iso.datetime().nullable(),
});
export type FlagView = z.infer<typeof FlagView>;

export const FlagList = z.object({ flags: z.array(FlagView) });
