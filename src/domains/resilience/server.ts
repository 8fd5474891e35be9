import "server-only";

export { writeConsultations, writeIncidents, writeMitigations, writeThreatModels } from "./csv.ts";
export { seedResilience } from "./seed.ts";
export { listConsultations, listIncidents, listMitigations, listThreatModels, resilienceVersion } from "./service.ts";
