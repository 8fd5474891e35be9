import { z } from "zod";
import { isPlainLine } from "#lib/visible-text.ts";
import { DayOrInstant } from "#platform/http/calendar.ts";
import { cursorOf } from "#platform/http/cursor.ts";

const singleLine = (max: number) =>
  z.string().trim().min(1, "Fill this in.").max(max, `Use at most ${max} characters.`).refine(isPlainLine, "Use one line without invisible characters.");

export const OrganisationName = singleLine(100);
export const Label = singleLine(100);
export const MemberRole = z.enum(["owner", "member"]);

const limit = z.coerce.number().int().min(1).max(100).default(50);

/** Lists are read in pages: `cursor` is what the page before answered as nextCursor. Those whose newest rows come first go by ids. */
export const PageQuery = z.strictObject({ cursor: cursorOf([z.uuid()]).optional(), limit });
export type PageQuery = z.output<typeof PageQuery>;

/** As Postgres writes a timestamptz. */
const Joined = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/);
/** Members go by when they joined. */
export const MemberQuery = z.strictObject({ cursor: cursorOf([Joined, z.uuid()]).optional(), limit });
export type MemberQuery = z.output<typeof MemberQuery>;

export const OrganisationRequest = z.strictObject({ name: OrganisationName });
/** The name is typed as a confirmation; it needs no form but that of what it names. */
export const OrganisationDeletion = z.strictObject({ name: z.string().max(1_000) });
export const ActiveOrganisationRequest = z.strictObject({ id: z.uuid() });

/** An organisation in the list of those a user belongs to. */
export const JoinedOrganisation = z.object({ id: z.uuid(), name: z.string(), role: MemberRole, active: z.boolean() });
export type JoinedOrganisation = z.infer<typeof JoinedOrganisation>;
export const OrganisationList = z.object({ organisations: z.array(JoinedOrganisation) });

/** The organisation that the caller works in. */
export const Organisation = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  /** The caller's own. */
  role: MemberRole,
  counts: z.object({
    members: z.number().int(),
    owners: z.number().int(),
    keys: z.number().int(),
    /** Open ones; null for members, who don't see them. */
    invitations: z.number().int().nullable(),
  }),
});
export type Organisation = z.infer<typeof Organisation>;

export const OrganisationMember = z.object({
  userId: z.uuid(),
  /** "" where nobody has given one. */
  name: z.string(),
  /** null for an account that hasn't signed in here since it was made. */
  email: z.string().nullable(),
  role: MemberRole,
  joinedAt: z.iso.datetime(),
  /** Whether this is the caller. */
  you: z.boolean(),
});
export type OrganisationMember = z.infer<typeof OrganisationMember>;
export const MemberPage = z.object({ members: z.array(OrganisationMember), nextCursor: z.string().nullable() });
export const MemberChange = z.strictObject({ role: MemberRole });

/** One thing that was done in the organisation. */
export const Activity = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  actor: z.object({
    /** Such as `authenticated` for members, `api_key`, `admin` for Tieline's administrators, `service_role` for Tieline itself. */
    kind: z.string(),
    id: z.string().nullable(),
    /** Name or address of a present member. */
    name: z.string().nullable(),
  }),
  /** As `noun.verbed`. */
  action: z.string(),
  target: z.string(),
  /** Name or address of the present member that it is about. */
  targetName: z.string().nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  requestId: z.uuid().nullable(),
});
export type Activity = z.infer<typeof Activity>;
export const ActivityPage = z.object({ activity: z.array(Activity), nextCursor: z.string().nullable() });

/** A date means that whole day by Eastern Standard Time, as times are shown. */
const Moment = DayOrInstant;
export const ActivityQuery = PageQuery.extend({
  action: z.string().max(100).regex(/^[a-z_]+\.[a-z_]+$/, "Name an action such as member.removed.").optional(),
  /** Id of who acted. */
  actor: z.string().max(100).regex(/^[\w.:-]+$/, "Name an id.").optional(),
  from: Moment.optional(),
  /** A date's whole day is included. */
  to: Moment.optional(),
});
export type ActivityQuery = z.output<typeof ActivityQuery>;

/** Everything that is noted in an organisation's activity, and what it says. */
export const activityWords = {
  "organisation.created": "created the organisation",
  "organisation.renamed": "renamed the organisation",
  "organisation.exported": "exported all data",
  "member.role_changed": "changed the role of",
  "member.removed": "removed",
  "member.left": "left",
  "invitation.created": "created an invitation",
  "invitation.revoked": "revoked an invitation",
  "invitation.accepted": "joined by invitation",
  "api_key.created": "created an API key",
  "api_key.revoked": "revoked an API key",
} as const satisfies Record<string, string>;
