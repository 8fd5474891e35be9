import { sql } from "kysely";
import { requestContext } from "#platform/observability/request-context.ts";
import type { Tx } from "./unit-of-work.ts";

/** What an action changed: what there was and what there is. Never secrets, and of texts no more than says which. */
export interface Change {
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/**
 * Writes a row of the audit log in the caller's unit of work: what was done (`noun.verbed`) to what. Who did it is the
 * principal of the unit of work; the request's id comes with it.
 */
export async function audit(tx: Tx, action: `${string}.${string}`, target: string, { before, after }: Change = {}): Promise<void> {
  const json = (value: Record<string, unknown> | undefined) => (value === undefined ? null : JSON.stringify(value));
  await sql`select app.audit(${action}, ${target}, ${json(before)}::jsonb, ${json(after)}::jsonb, ${requestContext()?.requestId ?? null}::uuid)`.execute(tx);
}
