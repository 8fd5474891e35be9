import { CallDetail, CallParams } from "#domains/llm/index.ts";
import { getModelCall } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "One model call, with what was said of it",
  auth: "adminViewer",
  limit: "default",
  params: CallParams,
  result: CallDetail,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params }) => getModelCall(principal, params.id),
});
