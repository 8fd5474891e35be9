import { Budget, BudgetCreate, BudgetList } from "#domains/llm/index.ts";
import { createModelBudget, listModelBudgets } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Budgets of model calls with what their running periods have, and daily quotas",
  auth: "adminViewer",
  limit: "default",
  result: BudgetList,
  handle: ({ principal }) => listModelBudgets(principal),
});

export const POST = route({
  summary: "Make a budget",
  auth: "adminEditor",
  limit: "default",
  body: BudgetCreate,
  result: Budget,
  status: 201,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, body }) => createModelBudget(principal, body),
});
