import { Account, AccountChange, AccountDeletionRequest, AccountPerson } from "#domains/accounts/index.ts";
import { deleteAccount, getAccount, renameAccount } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";
import { z } from "zod";

export const GET = route({
  summary: "One's own account, with its organisations",
  auth: "user",
  limit: "default",
  result: Account,
  handle: ({ principal, request, setCookie }) => getAccount(principal, { request, setCookie }),
});

export const PATCH = route({
  summary: "Change the name that others see",
  auth: "user",
  limit: "default",
  body: AccountChange,
  result: AccountPerson,
  errors: ["NOT_FOUND"],
  handle: ({ principal, body }) => renameAccount(principal, body.name),
});

export const DELETE = route({
  summary: "Delete one's own account",
  description: "Organisations that nobody else belongs to are deleted with it. Refused while others would be left in one without an owner.",
  auth: "user",
  limit: "default",
  body: AccountDeletionRequest,
  result: z.void(),
  status: 204,
  errors: ["CONFLICT"],
  handle: ({ principal, body, request, address, setCookie }) => deleteAccount(principal, body.password, { request, address, setCookie }),
});
