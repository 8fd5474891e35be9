import "server-only";

export { indexDocument, removeDocument, retrieve, stem } from "./service.ts";
