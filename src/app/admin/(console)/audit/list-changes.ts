import type { AuditEntry } from "#domains/accounts/index.ts";

export interface FieldChange {
  /** The field, with dots into what lies within others. */
  name: string;
  before: string | null;
  after: string | null;
}

type Fields = AuditEntry["before"];

/** What an entry says there was and is, field by field; null where a field wasn't or isn't there. */
export function listChanges(before: Fields, after: Fields): FieldChange[] {
  const [was, is] = [flatten(before), flatten(after)];
  return [...new Set([...was.keys(), ...is.keys()])].map((name) => ({ name, before: was.get(name) ?? null, after: is.get(name) ?? null }));
}

function flatten(fields: Fields, path = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(fields ?? {})) {
    const within = isFields(value) ? flatten(value, `${path}${name}.`) : new Map([[`${path}${name}`, typeof value === "string" ? value : JSON.stringify(value)]]);
    for (const [key, text] of within) flat.set(key, text);
  }
  return flat;
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
