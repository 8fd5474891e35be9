import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { route } from "#platform/http/route.ts";

const nothingHere = route({
  summary: "Nothing answers at this URL",
  auth: "anyone",
  limit: "default",
  query: z.looseObject({}),
  result: z.never(),
  errors: ["NOT_FOUND"],
  handle: () => {
    throw new AppError("NOT_FOUND", { detail: "Nothing answers at this URL. GET /api/openapi.json describes what does." });
  },
});

export const GET = nothingHere;
export const POST = nothingHere;
export const PUT = nothingHere;
export const PATCH = nothingHere;
export const DELETE = nothingHere;
