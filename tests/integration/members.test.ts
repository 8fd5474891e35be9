import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { DELETE as remove, PATCH as change } from "#app/api/organisation/members/[userId]/route.ts";
import { GET as list } from "#app/api/organisation/members/route.ts";
import { GET as organisations } from "#app/api/organisations/route.ts";
import { MemberPage, OrganisationList } from "#domains/accounts/index.ts";
import { newId } from "#lib/ids.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { actionsOf, as, createFellow, createOwner, type Person } from "../support/organisations.ts";

const code = async (response: Response) => ((await response.json()) as { code: string }).code;
const page = async (person: Person, query = "") => MemberPage.parse(await (await as(person, list, `/api/organisation/members${query}`)).json());
const removal = (person: Person, userId: string) => as(person, remove, `/api/organisation/members/${userId}`, { method: "DELETE", params: { userId } });
const setRole = (person: Person, userId: string, role: unknown) =>
  as(person, change, `/api/organisation/members/${userId}`, { method: "PATCH", params: { userId }, json: { role } });
const ownersOf = async (tenantId: string) => (await inspect("select from app.memberships where tenant_id = $1 and role = 'owner'", [tenantId])).length;

describe.each(engines)("members on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase(engine)));
  afterAll(() => opened.close());

  describe("GET /api/organisation/members", () => {
    test("lists them in the order in which they joined, in pages that miss nobody", async () => {
      const owner = await createOwner("Pages");
      const joined = [owner.userId];
      for (let n = 0; n < 4; n += 1) joined.push((await createFellow(owner)).userId);
      // Several may join in one instant: the id decides then.
      await inspect("update app.memberships set created_at = '2026-01-01 00:00:00.123456Z' where tenant_id = $1 and user_id <> $2", [owner.tenantId, owner.userId]);
      await inspect("update app.memberships set created_at = '2025-01-01' where tenant_id = $1 and user_id = $2", [owner.tenantId, owner.userId]);
      const seen: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const { members, nextCursor }: z.infer<typeof MemberPage> = await page(owner, `?limit=2${cursor && `&cursor=${cursor}`}`);
        expect(members.length).toBeGreaterThan(0);
        seen.push(...members.map(({ userId }) => userId));
        cursor = nextCursor;
      }
      expect(seen).toEqual([owner.userId, ...joined.slice(1).toSorted()]);
    });

    test("names those whose name is known, and says which one is oneself", async () => {
      const owner = await createOwner("Named");
      const fellow = await createFellow(owner);
      await inspect("insert into app.users (id, email, name) values ($1, $2, 'Ada') on conflict (id) do update set name = 'Ada'", [owner.userId, owner.email]);
      await inspect("delete from app.users where id = $1", [fellow.userId]);
      expect((await page(fellow)).members).toMatchObject([
        { name: "Ada", email: owner.email, role: "owner", you: false },
        { name: "", email: null, role: "member", you: true },
      ]);
    });

    test.each(["?cursor=x", "?cursor=WyJhIl0", "?cursor=WyJhIiwiYiJd", "?limit=0", "?limit=101", "?limit=x", "?other=1"])(
      "refuses %s", async (query) => {
        expect((await as(await createOwner("Refusing"), list, `/api/organisation/members${query}`)).status).toBe(400);
      });
  });

  describe("PATCH /api/organisation/members/{userId}", () => {
    test("makes a member an owner and back, and notes both roles", async () => {
      const owner = await createOwner("Roles");
      const fellow = await createFellow(owner);
      expect(await (await setRole(owner, fellow.userId, "owner")).json()).toMatchObject({ userId: fellow.userId, role: "owner", you: false });
      expect((await setRole(fellow, owner.userId, "member")).status).toBe(200);
      expect((await setRole(owner, fellow.userId, "member")).status).toBe(403);
      const rows = await inspect("select target, before, after from app.audit_log where tenant_id = $1 and action = 'member.role_changed' order by id", [owner.tenantId]);
      expect(rows).toEqual([
        { target: fellow.userId, before: { role: "member" }, after: { role: "owner" } },
        { target: owner.userId, before: { role: "owner" }, after: { role: "member" } },
      ]);
    });

    test("changes and notes nothing when the role is the same", async () => {
      const owner = await createOwner("Same");
      expect((await setRole(owner, owner.userId, "owner")).status).toBe(200);
      expect(await actionsOf(owner.tenantId)).toEqual(["organisation.created"]);
    });

    test("keeps the last owner", async () => {
      const owner = await createOwner("Last");
      const response = await setRole(owner, owner.userId, "member");
      expect([response.status, await response.json()]).toMatchObject([409, { code: "CONFLICT", detail: expect.stringContaining("needs an owner") }]);
      expect(await ownersOf(owner.tenantId)).toBe(1);
      expect(await actionsOf(owner.tenantId)).toEqual(["organisation.created"]);
    });

    test("answers 404 for who isn't a member, 400 for what isn't a role or an id", async () => {
      const [owner, stranger] = [await createOwner("Inside"), await createOwner("Outside")];
      expect((await setRole(owner, stranger.userId, "member")).status).toBe(404);
      expect((await setRole(owner, newId(), "owner")).status).toBe(404);
      expect((await setRole(owner, owner.userId, "admin")).status).toBe(400);
      expect((await setRole(owner, "me", "owner")).status).toBe(400);
    });
  });

  describe("DELETE /api/organisation/members/{userId}", () => {
    test("ends a membership with the next request", async () => {
      const owner = await createOwner("Ends");
      const fellow = await createFellow(owner);
      expect((await removal(owner, fellow.userId)).status).toBe(204);
      const response = await as(fellow, list, "/api/organisation/members");
      expect([response.status, await code(response)]).toEqual([403, "TENANT_FORBIDDEN"]);
      expect((await removal(owner, fellow.userId)).status).toBe(404);
      expect((await actionsOf(owner.tenantId)).at(-1)).toBe("member.removed");
    });

    test("lets members leave, and no more", async () => {
      const owner = await createOwner("Left");
      const fellow = await createFellow(owner);
      const other = await createFellow(owner);
      const refused = await removal(fellow, other.userId);
      expect([refused.status, await code(refused)]).toEqual([403, "TENANT_FORBIDDEN"]);
      const response = await removal(fellow, fellow.userId);
      expect([response.status, response.headers.getSetCookie().join()]).toEqual([204, expect.stringContaining("tieline_organisation=; Path=/; Max-Age=0")]);
      expect(OrganisationList.parse(await (await as(fellow, organisations, "/api/organisations")).json()).organisations).toEqual([]);
      expect((await actionsOf(owner.tenantId)).at(-1)).toBe("member.left");
    });

    test("keeps the last owner", async () => {
      const owner = await createOwner("Alone");
      await createFellow(owner);
      expect((await removal(owner, owner.userId)).status).toBe(409);
      expect(await ownersOf(owner.tenantId)).toBe(1);
    });
  });
});

describe("two owners at once on the server engine", () => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase("server")));
  afterAll(() => opened.close());

  test.each([
    ["leave", (person: Person, _other: Person) => removal(person, person.userId)],
    ["demote each other", (_person: Person, other: Person) => setRole(_person, other.userId, "member")],
    ["remove each other", (person: Person, other: Person) => removal(person, other.userId)],
  ])("who %s leave one owner, each time", async (_what, act) => {
    for (let round = 0; round < 8; round += 1) {
      const first = await createOwner("Contested");
      const second = await createFellow(first, "owner");
      const statuses = (await Promise.all([act(first, second), act(second, first)])).map(({ status }) => status).toSorted();
      expect(await ownersOf(first.tenantId)).toBe(1);
      // The later one finds the first change made (403, 404), or is stopped by it (409).
      expect(statuses[0]).toBeLessThan(300);
      expect([403, 404, 409]).toContain(statuses[1]);
    }
  });
});
