import { notFound } from "next/navigation";
import { cache } from "react";
import { isAppError } from "#lib/errors.ts";
import type { Admin } from "#platform/auth/principal.ts";
import { HelpId } from "#domains/help/index.ts";
import { getEditedHelpEntry } from "#domains/help/server.ts";

/** The entry of a console page, read once a request. An unknown id is a page that doesn't exist. */
export const loadEdited = cache(async (admin: Admin, id: string) => {
  if (!HelpId.safeParse(id).success) notFound();
  try {
    return await getEditedHelpEntry(admin, id);
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") notFound();
    throw error;
  }
});
