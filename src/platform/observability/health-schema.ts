import { z } from "zod";

export const HealthState = z.enum(["ok", "degraded", "down", "off"]);
export type HealthState = z.infer<typeof HealthState>;

export const HealthCheck = z.object({
  name: z.string(),
  state: HealthState,
  /** One sentence for a person, without addresses or secrets. */
  detail: z.string(),
  durationMs: z.number(),
});
export type HealthCheck = z.infer<typeof HealthCheck>;

/** `ready` when every check is ok or off; otherwise the response is 503. */
export const Readiness = z.object({
  state: z.enum(["ready", "degraded", "unavailable"]),
  checkedAt: z.iso.datetime(),
  version: z.string(),
  checks: z.array(HealthCheck),
});
export type Readiness = z.infer<typeof Readiness>;
