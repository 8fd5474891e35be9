export * from "#domains/help/schema.ts";
