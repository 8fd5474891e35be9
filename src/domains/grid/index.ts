export * from "./schema.ts";
export * from "./series-schema.ts";
export * from "./series-query.ts";
export * from "./status-schema.ts";
export * from "./labels.ts";
export * from "./source-run-schema.ts";
export * from "./source-list-schema.ts";
export * from "./stream-schema.ts";
