import "server-only";

export { seedResilience } from "./seed.ts";
export { listConsultations, listIncidents, listMitigations, listThreatModels, resilienceVersion } from "./service.ts";
