import { PeopleQuery } from "#domains/accounts/index.ts";
import { route } from "#platform/http/route.ts";
import { listOrganisationsWithFigures, OrganisationPage } from "#app/admin/organisation-figures.ts";

export const GET = route({
  summary: "List organisations with their members, documents and answers counted",
  auth: "adminViewer",
  limit: "default",
  query: PeopleQuery,
  result: OrganisationPage,
  handle: ({ principal, query }) => listOrganisationsWithFigures(principal, query),
});
