import { notFound } from "next/navigation";
import { isAppError } from "#lib/errors.ts";
import { errorCodeOf } from "#platform/db/errors.ts";

/** What a page is about; where there is no such thing, the page that says so. An id of another form names nothing either. */
export async function orNotFound<T>(thing: Promise<T>): Promise<T> {
  try {
    return await thing;
  } catch (error) {
    if ((isAppError(error) && error.code === "NOT_FOUND") || errorCodeOf(error) === "22P02") notFound();
    throw error;
  }
}
