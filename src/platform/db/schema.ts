/** Generated from supabase/migrations by npm run db:types; don't edit. */

import type { ColumnType } from "kysely";

export type AppObservationQuality = "estimated" | "forecast" | "measured" | "preliminary" | "sample";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Numeric = ColumnType<string, number | string, number | string>;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface AppAdminSessions {
  address: Generated<string>;
  admin_id: string;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  id_hash: Buffer;
  last_seen_at: Generated<Timestamp>;
  revoked_at: Timestamp | null;
  user_agent: Generated<string>;
}

export interface AppAdminUsers {
  created_at: Generated<Timestamp>;
  disabled_at: Timestamp | null;
  email: string;
  id: Generated<string>;
  last_login_at: Timestamp | null;
  name: string;
  password_hash: string;
  role: string;
}

export interface AppAnswerFeedback {
  answer_id: string;
  comment: string | null;
  created_at: Generated<Timestamp>;
  helpful: boolean;
  id: Generated<string>;
  tenant_id: string | null;
}

export interface AppAnswers {
  answer: string;
  call_id: string | null;
  citations: Json;
  created_at: Generated<Timestamp>;
  duration_ms: number;
  id: string;
  input_tokens: number | null;
  mode: string;
  model: string | null;
  output_tokens: number | null;
  partial: boolean;
  question: string;
  tenant_id: string | null;
  trace_id: string;
}

export interface AppApiKeys {
  created_at: Generated<Timestamp>;
  created_by: string;
  id: Generated<string>;
  key_hash: Buffer;
  last_used_at: Timestamp | null;
  name: string;
  prefix: string;
  revoked_at: Timestamp | null;
  scopes: string[];
  tenant_id: string;
}

export interface AppAuditLog {
  action: string;
  actor_id: string | null;
  actor_role: string;
  after: Json | null;
  at: Generated<Timestamp>;
  before: Json | null;
  id: Generated<string>;
  request_id: string | null;
  target: string;
  tenant_id: string | null;
}

export interface AppChunks {
  anchor: string;
  content: string;
  corpus_id: number;
  document_id: string;
  end_offset: number;
  frequencies: number[];
  heading_path: string;
  length: number;
  number: number;
  position: number;
  start_offset: number;
  term_ids: number[];
  title_terms: string[] | null;
}

export interface AppConsultationEvents {
  body: string;
  closes: string;
  closes_on: Timestamp;
  id: string;
  indigenous_governance: string | null;
  opens: string;
  opens_on: Timestamp;
  outcome: string | null;
  regions: string[];
  search_text: string;
  seeded_hash: string;
  sources: Json;
  summary: string;
  title: string;
  url: string;
}

export interface AppCorpora {
  answer_from_match: number | null;
  answer_from_similarity: number | null;
  chunk_count: Generated<number>;
  free_numbers: Generated<number[]>;
  id: Generated<number>;
  next_number: Generated<number>;
  tenant_id: string | null;
  total_length: Generated<number>;
  version: Generated<number>;
}

export interface AppDocuments {
  body: string;
  chunk_count: number;
  content_hash: string;
  corpus_id: number;
  id: Generated<string>;
  language: string;
  source: string;
  source_id: string;
  tags: string[];
  tenant_id: string | null;
  title: string;
  updated_at: Timestamp;
  url: string;
}

export interface AppEmbeddingModels {
  created_at: Generated<Timestamp>;
  dimensions: number;
  dimensions_asked: boolean;
  id: Generated<number>;
  leased_until: Timestamp | null;
  name: string;
  state: Generated<string>;
  state_since: Generated<Timestamp>;
  vector_type: Generated<string>;
}

export interface AppFeatureFlags {
  enabled: boolean;
  key: string;
  rollout_percent: Generated<number>;
  updated_at: Generated<Timestamp>;
}

export interface AppHelpEntries {
  body: string;
  content_hash: string;
  id: string;
  language: Generated<string>;
  published_revision: number | null;
  questions: Generated<string[]>;
  revision: Generated<number>;
  seeded_hash: string | null;
  short: string;
  sources: Json;
  status: Generated<string>;
  tags: string[];
  title: string;
  topic: string;
  translates: string | null;
  updated_at: Generated<Timestamp>;
}

export interface AppHelpFeedback {
  comment: string | null;
  created_at: Generated<Timestamp>;
  entry_id: string;
  handled_at: Timestamp | null;
  id: Generated<string>;
  rating: number;
  tenant_id: string | null;
}

export interface AppHelpRevisions {
  author_id: string;
  author_name: string;
  content: Json;
  created_at: Generated<Timestamp>;
  entry_id: string;
  note: Generated<string>;
  revision: number;
}

export interface AppHostRests {
  host: string;
  rests_until: Timestamp;
}

export interface AppIngestRuns {
  alive_until: Timestamp | null;
  bytes: Generated<number>;
  cause: string;
  documents: Generated<number>;
  ended_at: Timestamp | null;
  error: string | null;
  id: Generated<string>;
  inserted: Generated<number>;
  late: Generated<number>;
  missing: Generated<number>;
  observations: Generated<number>;
  outcome: string | null;
  revised: Generated<number>;
  source: string;
  started_at: Generated<Timestamp>;
  unchanged: Generated<number>;
  warnings: Generated<string[]>;
}

export interface AppInvitations {
  accepted_at: Timestamp | null;
  accepted_by: string | null;
  created_at: Generated<Timestamp>;
  created_by: string;
  email: string | null;
  expires_at: Timestamp;
  id: Generated<string>;
  revoked_at: Timestamp | null;
  role: string;
  tenant_id: string;
  token_hash: Buffer;
}

export interface AppLlmBudgetPeriods {
  budget_id: string;
  reserved_usd: Generated<Numeric>;
  spent_usd: Generated<Numeric>;
  starts_at: Timestamp;
}

export interface AppLlmBudgets {
  enabled: Generated<boolean>;
  id: Generated<string>;
  limit_usd: Numeric;
  period: string;
  provider: string | null;
  tenant_id: string | null;
  updated_at: Generated<Timestamp>;
  version: Generated<number>;
}

export interface AppLlmCallLog {
  at: Generated<Timestamp>;
  cache_hit: Generated<boolean>;
  charged_usd: Generated<Numeric>;
  cost_usd: Numeric | null;
  duration_ms: number;
  endpoint: string;
  error_code: string | null;
  expired: Generated<boolean>;
  first_token_ms: number | null;
  id: string;
  model: string | null;
  outcome: string;
  policy_category: string | null;
  price_version: string | null;
  principal_id: string | null;
  principal_kind: string;
  prompt_id: string | null;
  prompt_version: string | null;
  provider: string | null;
  redaction_summary: Generated<Json>;
  reserved_usd: Numeric | null;
  saved_usd: Numeric | null;
  source: string;
  tenant_id: string | null;
  trace_id: string | null;
  unpriced: Generated<string[]>;
  usage: Json | null;
  usage_estimated: Generated<boolean>;
}

export interface AppLlmConsents {
  created_at: Generated<Timestamp>;
  datasets: string[];
  evidence: string;
  id: string;
  purposes: string[];
  steward: string;
  valid_from: Timestamp;
  valid_until: Timestamp | null;
  withdrawn_at: Timestamp | null;
}

export interface AppLlmFeedback {
  call_id: string;
  comment: string | null;
  created_at: Generated<Timestamp>;
  helpful: boolean;
  id: Generated<string>;
  principal_id: string | null;
  principal_kind: string;
  tenant_id: string | null;
}

export interface AppLlmGovernedDatasets {
  governed_since: Generated<Timestamp>;
  id: string;
  reason: string;
  steward: string | null;
  tags: string[];
  updated_at: Generated<Timestamp>;
  version: Generated<number>;
}

export interface AppLlmPriceRates {
  bucket: string;
  service: string;
  tier: number;
  usd_per_million: Numeric;
  version: string;
}

export interface AppLlmPrices {
  as_of: Timestamp;
  effective_from: Timestamp | null;
  effective_to: Timestamp | null;
  imported_at: Generated<Timestamp>;
  model: string;
  note: Generated<string>;
  origin: string;
  provider: string;
  replaced_at: Timestamp | null;
  source: string;
  tier_above: number | null;
  version: string;
}

export interface AppLlmQuotas {
  calls_per_day: number;
  principal_kind: string;
  updated_at: Generated<Timestamp>;
  version: Generated<number>;
}

export interface AppLlmRateLimit {
  subject: string;
  used: number;
  window_starts_at: Timestamp;
}

export interface AppLlmReservations {
  budget_ids: string[];
  call_id: string;
  endpoint: string;
  expires_at: Timestamp;
  model: string;
  most_usd: Numeric;
  principal_id: string | null;
  principal_kind: string;
  provider: string;
  tenant_id: string | null;
}

export interface AppMail {
  attempts: Generated<number>;
  body: string;
  created_at: Generated<Timestamp>;
  id: Generated<string>;
  kind: string;
  last_error: string | null;
  recipient: string;
  sent_at: Timestamp | null;
  subject: string;
}

export interface AppMemberships {
  created_at: Generated<Timestamp>;
  role: string;
  tenant_id: string;
  user_id: string;
}

export interface AppMitigationStrategies {
  id: string;
  name: string;
  related: string[];
  search_text: string;
  seeded_hash: string;
  sources: Json;
  standard: string;
  summary: string;
  techniques: string[];
  topics: string[];
}

export interface AppMvLlmDailySpend {
  cache_hits: number | null;
  calls: number | null;
  charged_usd: Numeric | null;
  completion_tokens: number | null;
  day: Timestamp | null;
  endpoint: string | null;
  estimated: number | null;
  failures: number | null;
  model: string | null;
  prompt_tokens: number | null;
  provider: string | null;
  refusals: number | null;
  saved_usd: Numeric | null;
  source: string | null;
  tenant_id: string | null;
  unpriced: number | null;
}

export interface AppObservationRevisions {
  ends_at: Timestamp;
  known_at: Timestamp;
  payload_id: number;
  quality: AppObservationQuality;
  series_id: number;
  starts_at: Timestamp;
  value: number | null;
}

export interface AppObservations {
  ends_at: Timestamp;
  known_at: Timestamp;
  payload_id: number;
  quality: AppObservationQuality;
  series_id: number;
  starts_at: Timestamp;
  value: number | null;
}

export interface AppOrganisations {
  created_at: Generated<Timestamp>;
  id: Generated<string>;
  name: string;
}

export interface AppPayloads {
  bytes: number;
  changed_at: Timestamp | null;
  completed_at: Timestamp | null;
  content_hash: Buffer;
  fetched_at: Timestamp;
  id: Generated<number>;
  observations: number;
  origin: string;
  published_at: Timestamp | null;
  source: string;
}

export interface AppPostings {
  block: number;
  corpus_id: number;
  entries: number[];
  term_id: number;
}

export interface AppRollups {
  covered_seconds: number;
  ends_at: Timestamp;
  max: number | null;
  mean: number | null;
  min: number | null;
  period: string;
  quality: AppObservationQuality;
  series_id: number;
  starts_at: Timestamp;
  times: Buffer | null;
  total: number | null;
  values: Buffer | null;
}

export interface AppSecurityIncidents {
  consequence: string;
  customers: number | null;
  ended: string | null;
  ends_on: Timestamp;
  id: string;
  kind: string;
  lost_mw: number | null;
  place: string;
  regions: string[];
  search_text: string;
  seeded_hash: string;
  sources: Json;
  started: string;
  starts_on: Timestamp;
  summary: string;
  techniques: string[];
  title: string;
}

export interface AppSeries {
  fuel: string | null;
  id: Generated<number>;
  item: string | null;
  metric: string;
  region: string;
  source: string;
  unit: string;
}

export interface AppSourceDocuments {
  content_hash: Buffer | null;
  etag: string | null;
  fetched_at: Timestamp;
  last_modified: string | null;
  source: string;
  url: string;
}

export interface AppSourceStates {
  backfill_failures: Generated<number>;
  backfilled_at: Timestamp | null;
  backfilled_from: Timestamp | null;
  checked_at: Timestamp | null;
  data_until: Timestamp | null;
  decided: Generated<boolean>;
  enabled: Generated<boolean>;
  failures: Generated<number>;
  gap_from: Timestamp | null;
  last_error: string | null;
  last_run_at: Timestamp | null;
  last_success_at: Timestamp | null;
  source: string;
}

export interface AppStreamEvents {
  created_at: Generated<Timestamp>;
  ends_at: Timestamp;
  id: Generated<number>;
  quality: AppObservationQuality;
  revision: boolean;
  series_id: number;
  starts_at: Timestamp;
  stream: string;
  value: number | null;
}

export interface AppStreams {
  cadence_minutes: number;
  dimension: string | null;
  key: string;
  metrics: string[];
  purged_through: Generated<number>;
  region: string | null;
  source: string;
  title: string;
  unit: string;
}

export interface AppTerms {
  corpus_id: number;
  id: Generated<number>;
  term: string;
}

export interface AppThreatModels {
  assets: string[];
  basis: string;
  id: string;
  impact: string;
  likelihood: string;
  meaning: string;
  name: string;
  search_text: string;
  seeded_hash: string;
  sources: Json;
  tactics: string[];
}

export interface AppUnembeddable {
  corpus_id: number;
  model_id: number;
  number: number;
  reason: string;
}

export interface AppUsers {
  created_at: Generated<Timestamp>;
  email: string;
  id: string;
  last_seen_at: Generated<Timestamp>;
  name: Generated<string>;
}

export interface Schema {
  "app.admin_sessions": AppAdminSessions;
  "app.admin_users": AppAdminUsers;
  "app.answer_feedback": AppAnswerFeedback;
  "app.answers": AppAnswers;
  "app.api_keys": AppApiKeys;
  "app.audit_log": AppAuditLog;
  "app.chunks": AppChunks;
  "app.consultation_events": AppConsultationEvents;
  "app.corpora": AppCorpora;
  "app.documents": AppDocuments;
  "app.embedding_models": AppEmbeddingModels;
  "app.feature_flags": AppFeatureFlags;
  "app.help_entries": AppHelpEntries;
  "app.help_feedback": AppHelpFeedback;
  "app.help_revisions": AppHelpRevisions;
  "app.host_rests": AppHostRests;
  "app.ingest_runs": AppIngestRuns;
  "app.invitations": AppInvitations;
  "app.llm_budget_periods": AppLlmBudgetPeriods;
  "app.llm_budgets": AppLlmBudgets;
  "app.llm_call_log": AppLlmCallLog;
  "app.llm_consents": AppLlmConsents;
  "app.llm_feedback": AppLlmFeedback;
  "app.llm_governed_datasets": AppLlmGovernedDatasets;
  "app.llm_price_rates": AppLlmPriceRates;
  "app.llm_prices": AppLlmPrices;
  "app.llm_quotas": AppLlmQuotas;
  "app.llm_rate_limit": AppLlmRateLimit;
  "app.llm_reservations": AppLlmReservations;
  "app.mail": AppMail;
  "app.memberships": AppMemberships;
  "app.mitigation_strategies": AppMitigationStrategies;
  "app.mv_llm_daily_spend": AppMvLlmDailySpend;
  "app.observation_revisions": AppObservationRevisions;
  "app.observations": AppObservations;
  "app.organisations": AppOrganisations;
  "app.payloads": AppPayloads;
  "app.postings": AppPostings;
  "app.rollups": AppRollups;
  "app.security_incidents": AppSecurityIncidents;
  "app.series": AppSeries;
  "app.source_documents": AppSourceDocuments;
  "app.source_states": AppSourceStates;
  "app.stream_events": AppStreamEvents;
  "app.streams": AppStreams;
  "app.terms": AppTerms;
  "app.threat_models": AppThreatModels;
  "app.unembeddable": AppUnembeddable;
  "app.users": AppUsers;
}
