import { z } from "zod";
import { Instant } from "#platform/http/calendar.ts";
import { cursorOf } from "#platform/http/cursor.ts";
import { dataPurposes } from "#domains/llm/policy/governance.ts";

const Name = z.string().trim().min(1, "Write a name").max(200);

/** A decision of a steward, to be recorded. */
export const ConsentInput = z
  .strictObject({
    steward: Name,
    datasets: z.array(Name).min(1, "Name at least one dataset").max(100),
    purposes: z.array(z.enum(dataPurposes)).min(1, "Choose at least one purpose"),
    validFrom: Instant,
    /** Exclusive; null while it has no end of its own. */
    validUntil: Instant.nullable(),
    /** Where the decision is on paper. */
    evidence: z.string().trim().min(1, "Say where the decision is on paper").max(1_000),
  })
  .refine(({ validFrom, validUntil }) => validUntil === null || Date.parse(validUntil) > Date.parse(validFrom), { path: ["validUntil"], message: "The end comes after the beginning" });
export type ConsentInput = z.infer<typeof ConsentInput>;

/** What a consent is now. */
export const consentStates = ["in_force", "not_yet", "ended", "withdrawn"] as const;

export const ConsentView = z.object({
  id: z.uuid(),
  steward: z.string(),
  datasets: z.array(z.string()),
  purposes: z.array(z.enum(dataPurposes)),
  validFrom: z.iso.datetime(),
  validUntil: z.iso.datetime().nullable(),
  /** From then on it isn't given; null while it is. */
  withdrawnAt: z.iso.datetime().nullable(),
  state: z.enum(consentStates),
  evidence: z.string(),
  createdAt: z.iso.datetime(),
});
export type ConsentView = z.infer<typeof ConsentView>;

/** Filters of the list. */
export const ConsentQuery = z.strictObject({
  /** One that the consent names. */
  dataset: Name.optional(),
  state: z.enum(consentStates).optional(),
  /** Id of the last one. */
  cursor: cursorOf([z.uuid()]).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ConsentQuery = z.output<typeof ConsentQuery>;

export const ConsentList = z.object({ items: z.array(ConsentView), nextCursor: z.string().nullable() });
export type ConsentList = z.infer<typeof ConsentList>;
