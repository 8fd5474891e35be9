import "server-only";

export { configuredModel, streamModel } from "./service.ts";
