import { pageOf } from "#lib/cursor.ts";
import { AppError } from "#lib/errors.ts";
import type { Admin } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import * as queries from "./people-queries.ts";
import type { OrganisationDetail, OrganisationEntry, PeopleQuery, UserDetail, UserEntry } from "./people-schema.ts";

/** A page of users, the newest first. */
export async function listUsers(admin: Admin, query: PeopleQuery): Promise<{ users: UserEntry[]; next: string | null }> {
  const found = await db.as(admin, (tx) => queries.listUsers(tx, query));
  const { items: rows, nextCursor: next } = pageOf(found, query.limit, ({ createdAt, id }) => [createdAt, id]);
  return { users: rows, next };
}

/** One user and where they belong. Throws NOT_FOUND. */
export async function getUser(admin: Admin, id: string): Promise<UserDetail> {
  const user = await db.as(admin, (tx) => queries.findUser(tx, id));
  if (!user) throw new AppError("NOT_FOUND", { detail: "There is no such user. The account may have been deleted." });
  return user;
}

/** A page of organisations, the newest first. */
export async function listOrganisations(admin: Admin, query: PeopleQuery): Promise<{ organisations: OrganisationEntry[]; next: string | null }> {
  const found = await db.as(admin, (tx) => queries.listOrganisations(tx, query));
  const { items: rows, nextCursor: next } = pageOf(found, query.limit, ({ createdAt, id }) => [createdAt, id]);
  return { organisations: rows, next };
}

/** One organisation and who belongs to it. Throws NOT_FOUND. */
export async function getOrganisation(admin: Admin, id: string): Promise<OrganisationDetail> {
  const organisation = await db.as(admin, (tx) => queries.findOrganisation(tx, id));
  if (!organisation) throw new AppError("NOT_FOUND", { detail: "There is no such organisation. It may have been deleted." });
  return organisation;
}
