import { requestContext } from "#platform/observability/request-context.ts";

/** Counts one SQL statement for the current request; setting up a unit of work counts as one, begin and commit don't. */
export function countStatement(): void {
  const context = requestContext();
  if (context) context.statements += 1;
}

/** Counts one unit of work for the current request. */
export function countUnitOfWork(): void {
  const context = requestContext();
  if (context) context.unitsOfWork += 1;
}
