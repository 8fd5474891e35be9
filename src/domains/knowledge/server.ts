import "server-only";

export { indexDocument, removeDocument, retrieve, stem } from "#domains/knowledge/service.ts";
