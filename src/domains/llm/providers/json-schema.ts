import type { JsonSchema } from "#domains/llm/schema.ts";

/**
 * Whether a schema is one that OpenAI's models can be held to to the letter: every object closed, and each of its properties
 * required.
 */
export function isStrict(schema: JsonSchema): boolean {
  return everyObject(schema, (object) => {
    const properties = Object.keys(isRecord(object["properties"]) ? object["properties"] : {});
    const required = Array.isArray(object["required"]) ? object["required"] : [];
    return object["additionalProperties"] === false && properties.every((name) => required.includes(name));
  });
}

function everyObject(value: unknown, holds: (object: Record<string, unknown>) => boolean): boolean {
  if (Array.isArray(value)) return value.every((item) => everyObject(item, holds));
  if (!isRecord(value)) return true;
  return (value["type"] !== "object" || holds(value)) && Object.values(value).every((item) => everyObject(item, holds));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
