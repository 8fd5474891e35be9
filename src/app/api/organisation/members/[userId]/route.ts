import { z } from "zod";
import { MemberChange, OrganisationMember } from "#domains/accounts/index.ts";
import { changeMemberRole, removeMember } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

const params = z.object({ userId: z.uuid() });

export const PATCH = route({
  summary: "Change a member's role",
  auth: "owner",
  limit: "default",
  params,
  body: MemberChange,
  result: OrganisationMember,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params, body }) => changeMemberRole(principal, params.userId, body.role),
});

export const DELETE = route({
  summary: "Remove a member, or leave the organisation",
  description: "Owners remove anybody; with their own id, everybody leaves. The last owner can't.",
  auth: "member",
  limit: "default",
  params,
  result: z.void(),
  status: 204,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params, setCookie }) => removeMember(principal, params.userId, setCookie),
});
