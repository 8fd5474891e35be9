import type { LogEvent } from "kysely";
import { metrics } from "./metrics.ts";
import { requestContext } from "./request-context.ts";

const transactionControl = /^(begin|commit|rollback|start transaction)/i;

/** Counts what Kysely has sent: setting up a unit of work counts as one, begin and commit don't. */
export function countQuery({ query }: LogEvent): void {
  if (!transactionControl.test(query.sql)) countStatement();
}

/** Counts one SQL statement for the current request. */
export function countStatement(): void {
  metrics().dbStatements.inc();
  const context = requestContext();
  if (context) context.statements += 1;
}

/** Counts one unit of work for the current request. */
export function countUnitOfWork(): void {
  metrics().dbUnitsOfWork.inc();
  const context = requestContext();
  if (context) context.unitsOfWork += 1;
}
