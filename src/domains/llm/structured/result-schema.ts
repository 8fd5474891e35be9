import { z } from "zod";
import type { JsonSchema } from "#domains/llm/schema.ts";

/** The JSON schema of what a model is to answer with. Throws an Error where the result isn't an object or can't be told as JSON. */
export function jsonSchemaOf(result: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(result, { io: "output" });
  if (schema["type"] !== "object") throw new Error("What a model is asked for as JSON has to be an object");
  return schema;
}
