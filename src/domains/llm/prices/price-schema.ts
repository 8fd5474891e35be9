import { z } from "zod";
import { isDecimal } from "#lib/decimal.ts";
import { type Usage, type UsageBucket, usageBuckets } from "../usage.ts";

/** How a request was served: what the provider says in its response. */
export const services = ["standard", "batch", "flex", "priority"] as const;
export type Service = (typeof services)[number];

/** A price of a million units, as exact text. */
export const UsdPerMillion = z.string().refine((text) => isDecimal(text) && !text.startsWith("-"), "This isn't a price such as 0.125.");

/** One rate: of tier 0, or of 1, which the whole request is charged at when its prompt has more tokens than the price's `tierAbove`. */
export const Rate = z.strictObject({ service: z.enum(services), tier: z.union([z.literal(0), z.literal(1)]), bucket: z.enum(usageBuckets), usdPerMillion: UsdPerMillion });
export type Rate = z.infer<typeof Rate>;

/** What a model costs between two UTC days; `effectiveTo` is the first day on which it doesn't hold any more. */
export const Price = z.strictObject({
  provider: z.string().regex(/^[a-z0-9-]{1,100}$/),
  model: z.string().regex(/^[\w.:/@-]{1,200}$/),
  effectiveFrom: z.iso.date().nullable(),
  effectiveTo: z.iso.date().nullable(),
  tierAbove: z.number().int().positive().nullable(),
  source: z.string().min(1),
  asOf: z.iso.date(),
  note: z.string(),
  rates: z.array(Rate).min(1),
});
export type Price = z.infer<typeof Price>;

export const priceOrigins = ["checked-in", "imported"] as const;
export type PriceOrigin = (typeof priceOrigins)[number];

/** A price as the catalogue has it: `version` goes into the row of each call that was charged by it. */
export interface CataloguedPrice extends Price {
  version: string;
  origin: PriceOrigin;
}

export interface CostQuestion {
  provider: string;
  model: string;
  /** The name that was asked for: its price holds where the one that answered, a proxy's name for it perhaps, has none. */
  asked?: string | undefined;
  usage: Usage;
  /** As the provider's response says it; null for the standard one. */
  serviceTier: string | null;
  at: Date;
}

export interface Cost {
  /** Exact decimal; null when any part of the usage has no price. */
  costUsd: string | null;
  priceVersion: string | null;
  unpriced: UsageBucket[];
}
