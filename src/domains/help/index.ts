export * from "./edit-schema.ts";
export * from "./schema.ts";
