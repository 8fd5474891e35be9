export * from "./account-schema.ts";
export * from "./admin-schema.ts";
export * from "./audit-schema.ts";
export * from "./people-schema.ts";
