import { OrganisationList, OrganisationRequest, JoinedOrganisation } from "#domains/accounts/index.ts";
import { createOrganisation, listJoinedOrganisations } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List the organisations one belongs to",
  auth: "user",
  limit: "default",
  result: OrganisationList,
  handle: async ({ principal }) => ({ organisations: await listJoinedOrganisations(principal) }),
});

export const POST = route({
  summary: "Create an organisation and work in it",
  description: "Whoever creates it is its owner.",
  auth: "user",
  limit: "default",
  body: OrganisationRequest,
  result: JoinedOrganisation,
  status: 201,
  errors: ["CONFLICT"],
  handle: ({ principal, body, setCookie }) => createOrganisation(principal, body.name, setCookie),
});
