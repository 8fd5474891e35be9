import { z } from "zod";
import { Organisation, OrganisationDeletion, OrganisationRequest } from "#domains/accounts/index.ts";
import { deleteOrganisation, getActiveOrganisation, renameOrganisation } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Read the organisation one works in",
  auth: "member",
  limit: "default",
  result: Organisation,
  handle: ({ principal }) => getActiveOrganisation(principal),
});

export const PATCH = route({
  summary: "Rename the organisation",
  auth: "owner",
  limit: "default",
  body: OrganisationRequest,
  result: Organisation,
  handle: ({ principal, body }) => renameOrganisation(principal, body.name),
});

export const DELETE = route({
  summary: "Delete the organisation with all its data",
  description: "`name` must be the organisation's, as a confirmation.",
  auth: "owner",
  limit: "default",
  body: OrganisationDeletion,
  result: z.void(),
  status: 204,
  handle: ({ principal, body, setCookie }) => deleteOrganisation(principal, body.name, setCookie),
});
