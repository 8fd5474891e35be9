import { z } from "zod";
import { GovernedDatasetInput, GovernedDatasetParams, GovernedDatasetView } from "#domains/llm/index.ts";
import { governDataset, releaseDataset } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const PUT = route({
  summary: "Put a dataset under Indigenous governance",
  description: "From the next call on no model reads it without a consent of its steward on record. Values of the grid are named by their source's id.",
  auth: "adminEditor",
  limit: "default",
  params: GovernedDatasetParams,
  body: GovernedDatasetInput,
  result: GovernedDatasetView,
  handle: ({ principal, params, body }) => governDataset(principal, params.id, body),
});

export const DELETE = route({
  summary: "Take a dataset out of governance",
  auth: "adminEditor",
  limit: "default",
  params: GovernedDatasetParams,
  result: z.void(),
  status: 204,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params }) => releaseDataset(principal, params.id),
});
