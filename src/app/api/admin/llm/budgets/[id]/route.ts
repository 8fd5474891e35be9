import { z } from "zod";
import { Budget, BudgetChange, BudgetDeleteQuery, BudgetParams } from "#domains/llm/index.ts";
import { changeModelBudget, deleteModelBudget } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const PATCH = route({
  summary: "Set a budget's limit, or switch it",
  auth: "adminEditor",
  limit: "default",
  params: BudgetParams,
  body: BudgetChange,
  result: Budget,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params, body }) => changeModelBudget(principal, params.id, body),
});

export const DELETE = route({
  summary: "Delete a budget",
  auth: "adminEditor",
  limit: "default",
  params: BudgetParams,
  query: BudgetDeleteQuery,
  result: z.void(),
  status: 204,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params, query }) => deleteModelBudget(principal, params.id, query.version),
});
