import { z } from "zod";

/** A JSON Schema (draft 2020-12, which OpenAPI 3.1 uses) as plain data. */
export type JsonSchema = { [key: string]: unknown };

/** Whether a schema describes what clients send or what they receive: defaults and strictness differ. */
export type Direction = "input" | "output";

const definitions = "#/$defs/";

/** Turns zod schemas into JSON Schemas, the named ones into references to components. */
export interface SchemaWriter {
  write(schema: z.ZodType, direction: Direction): JsonSchema;
  /** As write, but never a reference itself: for schemas whose properties are looked at. */
  inline(schema: z.ZodType, direction: Direction): JsonSchema;
  /** The components that were referred to so far, by name. */
  components(): Record<string, JsonSchema>;
}

/**
 * A writer that knows `named` schemas by their name, wherever they lie inside others. One that reads differently in
 * requests and responses becomes two components, the one for requests called `…Input`.
 */
export function schemaWriter(named: Readonly<Record<string, z.ZodType>>): SchemaWriter {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const components = new Map<string, JsonSchema>();

  function refer(id: string, direction: Direction): JsonSchema {
    const schema = named[id];
    if (!schema) throw new Error("A recursive schema needs a name: pass it to openApiDocument under schemas.");
    const name = direction === "input" && readsDifferently(schema) ? `${id}Input` : id;
    if (!components.has(name)) {
      components.set(name, {});
      components.set(name, inline(schema, direction));
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  function convert(schema: z.ZodType, io: Direction): JsonSchema {
    const { $schema: _dialect, $defs, ...json } = z.toJSONSchema(schema, { metadata: registry, io, override: tidy });
    // A named schema comes as a reference to its own definition.
    const own = json.$ref?.slice(definitions.length);
    return (own !== undefined && $defs?.[own]) || json;
  }

  /** Points references at components, which are written as they are met. */
  function resolve(value: JsonSchema, direction: Direction): JsonSchema {
    const walk = (item: unknown): unknown => {
      if (Array.isArray(item)) return item.map(walk);
      if (typeof item !== "object" || item === null) return item;
      const target = "$ref" in item && typeof item.$ref === "string" ? item.$ref : undefined;
      if (target?.startsWith("#")) return refer(target.slice(definitions.length), direction);
      return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, walk(inner)]));
    };
    return walk(value) as JsonSchema;
  }

  const inline = (schema: z.ZodType, direction: Direction) => resolve(convert(schema, direction), direction);

  return {
    write(schema, direction) {
      const id = registry.get(schema)?.id;
      return id === undefined ? inline(schema, direction) : refer(id, direction);
    },
    inline,
    components: () => Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b, "en"))),
  };
}

function readsDifferently(schema: z.ZodType): boolean {
  const [input, output] = (["input", "output"] as const).map((io) =>
    JSON.stringify(z.toJSONSchema(schema, { io, override: tidy })),
  );
  return input !== output;
}

type Override = NonNullable<z.core.ToJSONSchemaParams["override"]>;

/** Leaves out what says nothing to a reader, and what would forbid responses to grow. */
const tidy: Override = ({ zodSchema, jsonSchema }) => {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  const { def } = zodSchema._zod;
  if (def.type === "object" && !("catchall" in def && def.catchall)) delete jsonSchema.additionalProperties;
  const description = z.globalRegistry.get(zodSchema)?.description;
  if (description !== undefined) jsonSchema.description ??= description;
};
