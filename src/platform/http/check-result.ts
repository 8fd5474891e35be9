import type { z } from "zod";
import { environment } from "#platform/config/environment.ts";
import { logError } from "#platform/observability/error-reports.ts";
import { metrics } from "#platform/observability/metrics.ts";

/** A handler returned something other than its route declares: a defect, raised in tests only. */
export class ResultMismatch extends Error {
  constructor(route: string, cause: z.ZodError) {
    super(`The result of ${route} does not match its schema:\n${cause.message}`, { cause });
    this.name = "ResultMismatch";
  }
}

/**
 * The result as its schema knows it: fields it doesn't declare are left out. A result that doesn't match throws
 * ResultMismatch under NODE_ENV=test; elsewhere it is counted, logged and returned as it is, since an odd answer serves
 * better than none.
 */
export function checkResult(schema: z.ZodType, value: unknown, route: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const mismatch = new ResultMismatch(route, parsed.error);
  if (environment().NODE_ENV === "test") throw mismatch;
  metrics().resultSchemaFailures.inc({ route });
  logError(mismatch, mismatch.name, { route, issues: parsed.error.issues.map(({ path, code }) => `${path.join(".")}: ${code}`) });
  return value;
}
