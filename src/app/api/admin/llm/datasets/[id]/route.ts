import { z } from "zod";
import { findSource } from "#domains/grid/server.ts";
import { GovernedDatasetDeleteQuery, GovernedDatasetInput, GovernedDatasetParams, GovernedDatasetView } from "#domains/llm/index.ts";
import { governDataset, releaseDataset } from "#domains/llm/server.ts";
import { AppError } from "#lib/errors.ts";
import { route } from "#platform/http/route.ts";

export const PUT = route({
  summary: "Put a dataset under Indigenous governance",
  description: "From the next call on no model reads it without a consent of its steward on record. Values of the grid are named by their source's id, the help by `help`.",
  auth: "adminEditor",
  limit: "default",
  params: GovernedDatasetParams,
  body: GovernedDatasetInput,
  result: GovernedDatasetView,
  errors: ["CONFLICT"],
  handle({ principal, params: { id }, body }) {
    // A name that no call gives its data would protect nothing.
    if (id !== "help" && !findSource(id)) throw new AppError("INVALID_REQUEST", { detail: "There is no dataset of this name.", errors: [{ path: "id", message: "Give a source's id, such as ieso.demand, or help" }] });
    return governDataset(principal, id, body);
  },
});

export const DELETE = route({
  summary: "Take a dataset out of governance",
  auth: "adminEditor",
  limit: "default",
  params: GovernedDatasetParams,
  query: GovernedDatasetDeleteQuery,
  result: z.void(),
  status: 204,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params, query }) => releaseDataset(principal, params.id, query.version),
});
