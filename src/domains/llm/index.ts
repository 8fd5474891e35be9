export type { ModelEvent, ModelRequest } from "./schema.ts";
