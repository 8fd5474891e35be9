/** Generated from supabase/migrations by npm run db:types; don't edit. */

import type { ColumnType } from "kysely";

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

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

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
  document_id: string;
  end_offset: number;
  heading_path: string;
  id: Generated<number>;
  position: number;
  search: string;
  start_offset: number;
  tenant_id: string | null;
  title_stems: string[] | null;
}

export interface AppDocuments {
  chunk_count: number;
  content_hash: string;
  id: Generated<string>;
  source: string;
  source_id: string;
  tenant_id: string | null;
  title: string;
  updated_at: Generated<Timestamp>;
  url: string;
}

export interface AppHelpEntries {
  body: string;
  content_hash: string;
  id: string;
  seeded_hash: string | null;
  short: string;
  sources: Json;
  status: Generated<string>;
  tags: string[];
  title: string;
  topic: string;
  updated_at: Generated<Timestamp>;
}

export interface AppHelpFeedback {
  comment: string | null;
  created_at: Generated<Timestamp>;
  entry_id: string;
  id: Generated<string>;
  rating: number;
  tenant_id: string | null;
}

export interface AppMemberships {
  created_at: Generated<Timestamp>;
  role: string;
  tenant_id: string;
  user_id: string;
}

export interface AppOrganisations {
  created_at: Generated<Timestamp>;
  id: Generated<string>;
  name: string;
}

export interface Schema {
  "app.answer_feedback": AppAnswerFeedback;
  "app.answers": AppAnswers;
  "app.audit_log": AppAuditLog;
  "app.chunks": AppChunks;
  "app.documents": AppDocuments;
  "app.help_entries": AppHelpEntries;
  "app.help_feedback": AppHelpFeedback;
  "app.memberships": AppMemberships;
  "app.organisations": AppOrganisations;
}
