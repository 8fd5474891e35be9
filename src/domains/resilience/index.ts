export { formatPartialDate } from "./dates.ts";
export * from "./schema.ts";
export * from "./terms.ts";
