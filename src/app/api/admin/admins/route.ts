import { AdminAccounts, AdminWithPassword, NewAdmin } from "#domains/accounts/index.ts";
import { createAdmin, listAdmins } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List administrators",
  auth: "adminViewer",
  limit: "default",
  result: AdminAccounts,
  handle: async ({ principal }) => ({ admins: await listAdmins(principal) }),
});

export const POST = route({
  summary: "Add an administrator",
  description: "The answer holds a password made for them, which can't be read again.",
  auth: "superAdmin",
  limit: "default",
  body: NewAdmin,
  result: AdminWithPassword,
  status: 201,
  errors: ["CONFLICT"],
  handle: ({ principal, body }) => createAdmin(principal, body),
});
