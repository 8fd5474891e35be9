import type { HealthCheck, HealthState, Readiness } from "#platform/observability/health-schema.ts";

export const stateWords: Record<HealthState, string> = {
  ok: "Working",
  degraded: "Degraded",
  down: "Out of order",
  off: "Not in use",
};

export const summaries: Record<Readiness["state"], { state: HealthState; words: string; detail: string }> = {
  ready: { state: "ok", words: "Everything works", detail: "Every part that Tieline stands on answers." },
  degraded: { state: "degraded", words: "Working, with limits", detail: "Pages and answers work. A part in the background is behind." },
  unavailable: { state: "down", words: "Partly out of order", detail: "Asking and searching may fail. While the database is away, help shows the copy that ships with this version." },
};

/** A check's name as a title: "database" reads "Database". */
export function checkTitle({ name }: HealthCheck): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
