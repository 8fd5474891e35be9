import { z } from "zod";
import { cursorOf } from "#platform/http/cursor.ts";

export const peoplePageSize = 50;
const Moment = z.iso.datetime();

/** Of a list that is sorted by when its rows were made. */
const Cursor = cursorOf([Moment, z.uuid()]);

export const PeopleQuery = z.strictObject({
  /** Part of a name or e-mail address. */
  q: z.string().trim().max(200).optional(),
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(peoplePageSize),
});
export type PeopleQuery = z.output<typeof PeopleQuery>;

export const UserEntry = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  createdAt: Moment,
  lastSeenAt: Moment,
  organisations: z.number().int(),
});
export type UserEntry = z.infer<typeof UserEntry>;
export const UserPage = z.object({ users: z.array(UserEntry), next: z.string().nullable() });

export const UserDetail = UserEntry.omit({ organisations: true }).extend({
  memberships: z.array(z.object({ organisationId: z.uuid(), organisation: z.string(), role: z.string(), joinedAt: Moment })),
});
export type UserDetail = z.infer<typeof UserDetail>;

export const OrganisationEntry = z.object({ id: z.uuid(), name: z.string(), createdAt: Moment, members: z.number().int() });
export type OrganisationEntry = z.infer<typeof OrganisationEntry>;

export const OrganisationDetail = OrganisationEntry.extend({
  memberships: z.array(z.object({ userId: z.uuid(), email: z.string().nullable(), name: z.string().nullable(), role: z.string(), joinedAt: Moment })),
  /** API keys that work. */
  keys: z.number().int(),
  /** Invitations that can still be accepted. */
  invitations: z.number().int(),
});
export type OrganisationDetail = z.infer<typeof OrganisationDetail>;
