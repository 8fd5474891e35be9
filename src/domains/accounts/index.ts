export * from "./account-schema.ts";
export * from "./admin-schema.ts";
export * from "./audit-schema.ts";
export * from "./people-schema.ts";
export * from "./api-key-schema.ts";
export * from "./invitation-schema.ts";
export * from "./organisation-schema.ts";
