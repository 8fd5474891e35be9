import { pageOf } from "#lib/cursor.ts";
import { anonymous } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { daysOf, easternToday } from "./dates.ts";
import * as queries from "./queries.ts";
import type {
  Consultation, ConsultationPage, ConsultationQuery, ConsultationStatus, IncidentPage, IncidentQuery, MitigationPage, MitigationQuery, ThreatModelPage, ThreatModelQuery,
} from "./schema.ts";
import { wordsOf } from "./search-text.ts";
import { attackAttribution } from "./terms.ts";

const narrowing = ({ q, limit }: { q?: string | undefined; limit: number }) => ({ words: wordsOf(q ?? ""), limit: limit + 1 });

/** A page of documented incidents, the newest first. */
export async function listIncidents(query: IncidentQuery): Promise<IncidentPage> {
  const { region = null, kind = null, tactic = null, technique = null, from = null, to = null, cursor = null, limit } = query;
  const rows = await db.as(anonymous, (tx) => queries.listIncidents(tx, { region, kind, tactic, technique, from, to, before: cursor, ...narrowing(query) }));
  const { items, nextCursor } = pageOf(rows, limit, ({ started, id }) => [daysOf(started).first, id]);
  return { incidents: items, nextCursor };
}

/** A page of techniques against control systems, in the order of their ids. */
export async function listThreatModels(query: ThreatModelQuery): Promise<ThreatModelPage> {
  const { tactic = null, technique = null, mitigation = null, cursor, limit } = query;
  const rows = await db.as(anonymous, (tx) => queries.listThreatModels(tx, { tactic, technique, mitigation, after: cursor?.[0] ?? null, ...narrowing(query) }));
  const { items, nextCursor } = pageOf(rows, limit, ({ id }) => [id]);
  return { threatModels: items, attribution: attackAttribution, nextCursor };
}

/** A page of mitigation strategies, in the order of their ids. */
export async function listMitigations(query: MitigationQuery): Promise<MitigationPage> {
  const { standard = null, technique = null, tactic = null, cursor, limit } = query;
  const rows = await db.as(anonymous, (tx) => queries.listMitigations(tx, { standard, technique, tactic, after: cursor?.[0] ?? null, ...narrowing(query) }));
  const { items, nextCursor } = pageOf(rows, limit, ({ id }) => [id]);
  return { mitigationStrategies: items, attribution: attackAttribution, nextCursor };
}

/** A page of published consultations, the one that opened last first; whether each is open is judged on `now`. */
export async function listConsultations(query: ConsultationQuery, now = new Date()): Promise<ConsultationPage> {
  const { region = null, status = null, from = null, to = null, cursor = null, limit } = query;
  const today = easternToday(now);
  const rows = await db.as(anonymous, (tx) => queries.listConsultations(tx, { region, status, from, to, today, before: cursor, ...narrowing(query) }));
  const { items, nextCursor } = pageOf(rows, limit, ({ opens, id }) => [daysOf(opens).first, id]);
  return { consultations: items.map((row) => ({ ...row, status: statusOn(row, today) })), nextCursor };
}

/** Whether a consultation takes submissions on a day. */
export function statusOn({ opens, closes }: Pick<Consultation, "opens" | "closes">, today: string): ConsultationStatus {
  if (today < daysOf(opens).first) return "upcoming";
  return today > daysOf(closes).last ? "closed" : "open";
}

/** Names what a request would be answered with: it changes with the rows and, since consultations open and close, with the day. */
export async function resilienceVersion(request: Request, now = new Date()): Promise<string> {
  return `${await db.as(anonymous, queries.contentVersion)} ${easternToday(now)} ${new URL(request.url).search}`;
}
