import { raw, route } from "#platform/http/route.ts";
import document from "./openapi.json" with { type: "json" };

const text = JSON.stringify(document);

export const GET = route({
  summary: "This API as an OpenAPI 3.1 document",
  auth: "anyone",
  limit: "none",
  result: raw("application/json"),
  handle: () => text,
});
