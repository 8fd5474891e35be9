import { z } from "zod";
import { route } from "#platform/http/route.ts";
import { getOrganisationWithFigures, OrganisationWithFigures } from "#app/admin/organisation-figures.ts";

export const GET = route({
  summary: "Read one organisation and who belongs to it",
  auth: "adminViewer",
  limit: "default",
  params: z.object({ id: z.uuid() }),
  result: OrganisationWithFigures,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params }) => getOrganisationWithFigures(principal, params.id),
});
