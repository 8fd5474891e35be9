export * from "#domains/assistant/schema.ts";
