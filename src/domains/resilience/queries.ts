import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { Consultation, Incident, LinkedThreatModel, MitigationStrategy, type ConsultationStatus, type Framework, type Tactic } from "./schema.ts";

/** What a list is narrowed to; null narrows nothing. */
interface Narrowing {
  /** Words that must all stand in the row. */
  words: string[];
  limit: number;
}

export interface IncidentFilter extends Narrowing {
  region: string | null;
  kind: string | null;
  tactic: Tactic | null;
  technique: string | null;
  from: string | null;
  to: string | null;
  before: [string, string] | null;
}

const Row = z.record(z.string(), z.unknown());
const all = (conditions: RawBuilder<unknown>[]) => (conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `));
const when = <Value>(value: Value | null, condition: (value: Value) => RawBuilder<unknown>) => (value === null ? [] : [condition(value)]);
const holdsWords = (words: string[]) => words.map((word) => sql`strpos(search_text, ${word}) > 0`);
/** A country's code stands for what is within it too. */
const isIn = (region: string) => sql`exists (select from unnest(regions) as r where r = ${region} or starts_with(r, ${`${region}-`}))`;
const techniquesOf = (tactic: Tactic) => sql`array(select id from app.threat_models where ${tactic} = any (tactics))`;

/** Incidents, the newest first, before this key of day and id. */
export async function listIncidents(tx: Tx, { region, kind, tactic, technique, from, to, before, words, limit }: IncidentFilter): Promise<Incident[]> {
  const conditions = all([
    ...when(region, isIn),
    ...when(kind, (value) => sql`kind = ${value}`),
    ...when(tactic, (value) => sql`techniques && ${techniquesOf(value)}`),
    ...when(technique, (value) => sql`${value} = any (techniques)`),
    ...when(from, (value) => sql`ends_on >= ${value}::date`),
    ...when(to, (value) => sql`starts_on <= ${value}::date`),
    ...when(before, ([day, id]) => sql`(starts_on, id) < (${day}::date, ${id})`),
    ...holdsWords(words),
  ]);
  const { rows } = await sql`
    select id, title, kind, started, ended, regions, place, summary, consequence, lost_mw, customers, techniques, sources
    from app.security_incidents where ${conditions} order by starts_on desc, id desc limit ${limit}`.execute(tx);
  return rows.map((row) => {
    const { lost_mw: lostMw, customers, ...rest } = Row.parse(row);
    return Incident.parse({ ...rest, lostMw, customers: customers === null ? null : Number(customers) });
  });
}

export interface ThreatModelFilter extends Narrowing {
  tactic: Tactic | null;
  technique: string | null;
  mitigation: string | null;
  after: string | null;
}

/** Techniques in the order of their ids, after this one, each with the strategies against it and the incidents it was seen in. */
export async function listThreatModels(tx: Tx, { tactic, technique, mitigation, after, words, limit }: ThreatModelFilter): Promise<LinkedThreatModel[]> {
  const conditions = all([
    ...when(tactic, (value) => sql`${value} = any (tactics)`),
    ...when(technique, (value) => sql`id = ${value}`),
    ...when(mitigation, (value) => sql`exists (select from app.mitigation_strategies m where m.id = ${value} and t.id = any (m.techniques))`),
    ...when(after, (value) => sql`id > ${value}`),
    ...holdsWords(words),
  ]);
  const { rows } = await sql`
    select id, name, tactics, meaning, assets, likelihood, impact, basis, sources,
      array(select m.id from app.mitigation_strategies m where t.id = any (m.techniques) order by m.id) as mitigations,
      array(select i.id from app.security_incidents i where t.id = any (i.techniques) order by i.starts_on desc, i.id desc) as incidents
    from app.threat_models t where ${conditions} order by id limit ${limit}`.execute(tx);
  return rows.map((row) => LinkedThreatModel.parse(row));
}

export interface MitigationFilter extends Narrowing {
  standard: Framework | null;
  technique: string | null;
  tactic: Tactic | null;
  after: string | null;
}

/** Strategies in the order of their ids, after this one. */
export async function listMitigations(tx: Tx, { standard, technique, tactic, after, words, limit }: MitigationFilter): Promise<MitigationStrategy[]> {
  const conditions = all([
    ...when(standard, (value) => sql`standard = ${value}`),
    ...when(technique, (value) => sql`${value} = any (techniques)`),
    ...when(tactic, (value) => sql`techniques && ${techniquesOf(value)}`),
    ...when(after, (value) => sql`id > ${value}`),
    ...holdsWords(words),
  ]);
  const { rows } = await sql`
    select id, standard, name, summary, topics, techniques, related, sources
    from app.mitigation_strategies where ${conditions} order by id limit ${limit}`.execute(tx);
  return rows.map((row) => MitigationStrategy.parse(row));
}

export interface ConsultationFilter extends Narrowing {
  region: string | null;
  status: ConsultationStatus | null;
  from: string | null;
  to: string | null;
  /** The day that `status` is judged on. */
  today: string;
  before: [string, string] | null;
}

/** Consultations, the one that opened last first, before this key of day and id. */
export async function listConsultations(tx: Tx, { region, status, from, to, today, before, words, limit }: ConsultationFilter): Promise<Consultation[]> {
  const during = { upcoming: sql`opens_on > ${today}::date`, open: sql`${today}::date between opens_on and closes_on`, closed: sql`closes_on < ${today}::date` };
  const conditions = all([
    ...when(region, isIn),
    ...when(status, (value) => during[value]),
    ...when(from, (value) => sql`closes_on >= ${value}::date`),
    ...when(to, (value) => sql`opens_on <= ${value}::date`),
    ...when(before, ([day, id]) => sql`(opens_on, id) < (${day}::date, ${id})`),
    ...holdsWords(words),
  ]);
  const { rows } = await sql`
    select id, title, body, regions, opens, closes, summary, outcome, url, indigenous_governance, sources
    from app.consultation_events where ${conditions} order by opens_on desc, id desc limit ${limit}`.execute(tx);
  return rows.map((row) => {
    const { indigenous_governance: indigenousGovernance, ...rest } = Row.parse(row);
    return Consultation.parse({ ...rest, indigenousGovernance });
  });
}

/** Names what all four tables hold: changes with every row of them. */
export async function contentVersion(tx: Tx): Promise<string> {
  const { rows } = await sql`
    select md5(coalesce(string_agg(seeded_hash, ',' order by kind, id), '')) as version from (
      select 1 as kind, id, seeded_hash from app.security_incidents union all select 2, id, seeded_hash from app.threat_models
      union all select 3, id, seeded_hash from app.mitigation_strategies union all select 4, id, seeded_hash from app.consultation_events) as rows`.execute(tx);
  return z.object({ version: z.string() }).parse(rows[0]).version;
}
