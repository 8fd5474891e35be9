export * from "./account-schema.ts";
export * from "./admin-schema.ts";
