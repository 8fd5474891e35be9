import { z } from "zod";
import { countAnswersOf } from "#domains/assistant/server.ts";
import { OrganisationDetail, OrganisationEntry, type PeopleQuery } from "#domains/accounts/index.ts";
import { getOrganisation, listOrganisations } from "#domains/accounts/server.ts";
import { countDocumentsOf } from "#domains/knowledge/server.ts";
import type { Admin } from "#platform/auth/principal.ts";

const figures = { documents: z.number().int(), answers: z.number().int() };

export const OrganisationRow = OrganisationEntry.extend(figures);
export type OrganisationRow = z.infer<typeof OrganisationRow>;
export const OrganisationPage = z.object({ organisations: z.array(OrganisationRow), next: z.string().nullable() });
export const OrganisationWithFigures = OrganisationDetail.extend(figures);

/** A page of organisations, each with how much of its own it has in the other domains. */
export async function listOrganisationsWithFigures(admin: Admin, query: PeopleQuery): Promise<z.infer<typeof OrganisationPage>> {
  const { organisations, next } = await listOrganisations(admin, query);
  return { organisations: await withFigures(admin, organisations), next };
}

/** One organisation with the same figures. Throws NOT_FOUND. */
export async function getOrganisationWithFigures(admin: Admin, id: string): Promise<z.infer<typeof OrganisationWithFigures>> {
  const organisation = await getOrganisation(admin, id);
  const [counted = { documents: 0, answers: 0 }] = await withFigures(admin, [organisation]);
  return { ...organisation, documents: counted.documents, answers: counted.answers };
}

async function withFigures<Entry extends { id: string }>(admin: Admin, entries: Entry[]) {
  const ids = entries.map(({ id }) => id);
  const [documents, answers] = await Promise.all([countDocumentsOf(admin, ids), countAnswersOf(admin, ids)]);
  return entries.map((entry) => ({ ...entry, documents: documents.get(entry.id) ?? 0, answers: answers.get(entry.id) ?? 0 }));
}
