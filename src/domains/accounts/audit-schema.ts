import { z } from "zod";
import { DayOrInstant } from "#platform/http/calendar.ts";
import { cursorOf } from "#platform/http/cursor.ts";

/** A day of Eastern Standard Time, in which the console shows times, or a moment. */
const Bound = DayOrInstant;
const Uuid = z.uuid();

export const AuditFilters = z.strictObject({
  /** Id or e-mail address of who acted. */
  actor: z.string().trim().min(1).max(320).optional(),
  /** An action such as `admin.created`, or how it begins. */
  action: z.string().trim().regex(/^[a-z_]+(\.[a-z_]*)?$/, "Lower-case words, such as admin.created").max(100).optional(),
  /** What was acted on, or how it begins. */
  target: z.string().trim().min(1).max(320).optional(),
  organisation: Uuid.optional(),
  from: Bound.optional(),
  /** A day is meant whole, a moment is the end. */
  to: Bound.optional(),
  request: Uuid.optional(),
});
export type AuditFilters = z.infer<typeof AuditFilters>;

export const AuditQuery = AuditFilters.extend({ cursor: cursorOf([Uuid]).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });
export type AuditQuery = z.output<typeof AuditQuery>;

const Fields = z.record(z.string(), z.unknown()).nullable();

export const AuditEntry = z.object({
  id: Uuid,
  at: z.iso.datetime(),
  /** Who acted: `role` is admin, authenticated (a member), api_key, or service_role for the system itself. */
  actor: z.object({ role: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  organisation: z.object({ id: Uuid, name: z.string().nullable() }).nullable(),
  action: z.string(),
  target: z.string(),
  before: Fields,
  after: Fields,
  requestId: Uuid.nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.string().nullable() });
