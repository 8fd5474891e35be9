import { z } from "zod";
import { Day } from "#platform/http/calendar.ts";
import { cursorOf } from "#platform/http/cursor.ts";
import { frameworks, incidentKinds, levels, tactics } from "./terms.ts";

/** A day, a month or a year: as far as it is known. */
export const PartialDate = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, "Write 2003-08-14, 2003-08 or 2003");

const text = (max: number) => z.string().trim().min(1).max(max);
const Slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(80);

/** Who published what a row says, where, and when. */
export const PublicSource = z.strictObject({
  publisher: text(120),
  title: text(300),
  url: z.url({ protocol: /^https$/ }).max(2_000),
  /** When it was published. */
  date: PartialDate,
});
export type PublicSource = z.infer<typeof PublicSource>;

/** ISO 3166: a country, or a province or state of it. */
export const Place = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, "Write CA, CA-ON or UA");
export const TechniqueId = z.string().regex(/^T0\d{3}$/, "Write T0855");
export const StrategyId = z.string().regex(/^(M\d{4}|CIP-\d{3})$/, "Write M0930 or CIP-005");
export const Tactic = z.enum(tactics);
export type Tactic = z.infer<typeof Tactic>;
export const IncidentKind = z.enum(incidentKinds);
export type IncidentKind = z.infer<typeof IncidentKind>;
export const Level = z.enum(levels);
export type Level = z.infer<typeof Level>;
export const Framework = z.enum(frameworks);
export type Framework = z.infer<typeof Framework>;

const sources = z.array(PublicSource).min(1).max(6);

export const Incident = z.strictObject({
  id: Slug,
  title: text(160),
  kind: IncidentKind,
  started: PartialDate,
  /** Null where it ended on the day it began, or nobody says when. */
  ended: PartialDate.nullable().default(null),
  regions: z.array(Place).min(1).max(12),
  place: text(160),
  summary: text(900),
  consequence: text(600),
  /** Most power lost at a time, in MW; null where no source states it. */
  lostMw: z.number().min(0).nullable().default(null),
  /** Most customers without power; null where no source states it. */
  customers: z.int().min(0).nullable().default(null),
  techniques: z.array(TechniqueId).max(20).default([]),
  sources,
});
export type Incident = z.infer<typeof Incident>;

export const ThreatModel = z.strictObject({
  id: TechniqueId,
  name: text(80),
  tactics: z.array(Tactic).min(1).max(4),
  /** What it means for a grid. */
  meaning: text(900),
  assets: z.array(text(80)).min(1).max(8),
  likelihood: Level,
  impact: Level,
  basis: text(600),
  sources,
});
export type ThreatModel = z.infer<typeof ThreatModel>;

export const MitigationStrategy = z.strictObject({
  id: StrategyId,
  standard: Framework,
  name: text(120),
  summary: text(900),
  topics: z.array(text(200)).max(12).default([]),
  techniques: z.array(TechniqueId).max(60),
  related: z.array(StrategyId).max(12).default([]),
  sources,
});
export type MitigationStrategy = z.infer<typeof MitigationStrategy>;

export const Consultation = z.strictObject({
  id: Slug,
  title: text(200),
  body: text(120),
  regions: z.array(Place).min(1).max(13),
  opens: PartialDate,
  closes: PartialDate,
  summary: text(900),
  outcome: text(600).nullable().default(null),
  url: z.url({ protocol: /^https$/ }).max(2_000),
  /** What a public source says of Indigenous peoples' part or authority in it; null where none does. */
  indigenousGovernance: text(600).nullable().default(null),
  sources,
});
export type Consultation = z.infer<typeof Consultation>;

export const consultationStatuses = ["upcoming", "open", "closed"] as const;
export const ConsultationStatus = z.enum(consultationStatuses);
export type ConsultationStatus = z.infer<typeof ConsultationStatus>;

const q = z.string().trim().min(1).max(200);
const limit = z.coerce.number().int().min(1).max(200).default(50);
/** CSV holds the list to its end. */
const format = z.enum(["json", "csv"]).optional();
const DatedKey = [Day, z.string()] satisfies [z.ZodType<unknown, string>, z.ZodType<unknown, string>];
const IdKey = [z.string()] satisfies [z.ZodType<unknown, string>];

export const IncidentQuery = z.strictObject({
  /** A country takes in its provinces and states. */
  region: Place.optional(), kind: IncidentKind.optional(), tactic: Tactic.optional(), technique: TechniqueId.optional(),
  from: Day.optional(), to: Day.optional(), q: q.optional(), cursor: cursorOf(DatedKey).optional(), limit, format,
});
export type IncidentQuery = z.output<typeof IncidentQuery>;

export const ThreatModelQuery = z.strictObject({
  tactic: Tactic.optional(), technique: TechniqueId.optional(), mitigation: StrategyId.optional(), q: q.optional(), cursor: cursorOf(IdKey).optional(), limit, format,
});
export type ThreatModelQuery = z.output<typeof ThreatModelQuery>;

export const MitigationQuery = z.strictObject({
  standard: Framework.optional(), technique: TechniqueId.optional(), tactic: Tactic.optional(), q: q.optional(), cursor: cursorOf(IdKey).optional(), limit, format,
});
export type MitigationQuery = z.output<typeof MitigationQuery>;

export const ConsultationQuery = z.strictObject({
  region: Place.optional(), status: ConsultationStatus.optional(), from: Day.optional(), to: Day.optional(), q: q.optional(), cursor: cursorOf(DatedKey).optional(), limit, format,
});
export type ConsultationQuery = z.output<typeof ConsultationQuery>;

const nextCursor = z.string().nullable();

export const IncidentPage = z.object({ incidents: z.array(Incident), nextCursor });
export type IncidentPage = z.infer<typeof IncidentPage>;

/** A technique with what else this record knows of it. */
export const LinkedThreatModel = ThreatModel.extend({ mitigations: z.array(StrategyId), incidents: z.array(Slug) });
export type LinkedThreatModel = z.infer<typeof LinkedThreatModel>;
export const ThreatModelPage = z.object({ threatModels: z.array(LinkedThreatModel), attribution: z.string(), nextCursor });
export type ThreatModelPage = z.infer<typeof ThreatModelPage>;

export const MitigationPage = z.object({ mitigationStrategies: z.array(MitigationStrategy), attribution: z.string(), nextCursor });
export type MitigationPage = z.infer<typeof MitigationPage>;

export const DatedConsultation = Consultation.extend({ status: ConsultationStatus });
export type DatedConsultation = z.infer<typeof DatedConsultation>;
export const ConsultationPage = z.object({ consultations: z.array(DatedConsultation), nextCursor });
export type ConsultationPage = z.infer<typeof ConsultationPage>;
