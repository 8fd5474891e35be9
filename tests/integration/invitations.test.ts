import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as accept } from "#app/api/invitations/accept/route.ts";
import { POST as find } from "#app/api/invitations/find/route.ts";
import { DELETE as revoke } from "#app/api/organisation/invitations/[id]/route.ts";
import { GET as list, POST as invite } from "#app/api/organisation/invitations/route.ts";
import { GET as read } from "#app/api/organisation/route.ts";
import { FoundInvitation, InvitationPage, NewInvitation, Organisation } from "#domains/accounts/index.ts";
import { newId } from "#lib/ids.ts";
import { deliverMail } from "#platform/mail/mail.ts";
import { startWorkers } from "#platform/queue/queue.ts";
import { call } from "../support/http.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { actionsOf, as, createFellow, createInvitation, createOwner, createPerson, type Person } from "../support/organisations.ts";

const problem = async (response: Response) => [response.status, ((await response.json()) as { detail: string }).detail];
const inviting = (person: Person, json: object) => as(person, invite, "/api/organisation/invitations", { json });
const revoking = (person: Person, id: string) => as(person, revoke, `/api/organisation/invitations/${id}`, { method: "DELETE", params: { id } });
const accepting = (person: Person, token: string) => as(person, accept, "/api/invitations/accept", { json: { token } });
const found = async (token: string, person?: Person) =>
  FoundInvitation.parse(await (await call(find, "/api/invitations/find", { json: { token }, ...(person ? { headers: person.jar.headers } : {}) })).json());
const expire = (id: string) => inspect("update app.invitations set expires_at = now() - interval '1 second' where id = $1", [id]);

describe.each(engines)("invitations on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    // What makes the queue's job: a mail's own transaction enqueues it.
    const stop = await startWorkers([{ ...deliverMail, run: () => Promise.resolve({}) }]);
    await stop(1_000);
  });
  afterAll(() => opened.close());

  describe("POST /api/organisation/invitations", () => {
    test("answers the link once, and stores its hash alone", async () => {
      const owner = await createOwner("Inviting");
      const response = await inviting(owner, { role: "member" });
      expect(response.status).toBe(201);
      const { link, invitation } = NewInvitation.parse(await response.json());
      const token = new URL(link).hash.slice(1);
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(new URL(link).pathname).toBe("/invite");
      expect(Date.parse(invitation.expiresAt) - Date.parse(invitation.createdAt)).toBe(7 * 86_400_000);
      const rows = await inspect<{ token_hash: Uint8Array }>("select * from app.invitations where id = $1", [invitation.id]);
      expect(Buffer.from(rows[0]?.token_hash ?? []).toString("hex")).toBe(createHash("sha256").update(token).digest("hex"));
      const kept = JSON.stringify([rows, await inspect("select * from app.audit_log where tenant_id = $1", [owner.tenantId]), await (await as(owner, list, "/api/organisation/invitations")).json()]);
      expect(kept).not.toContain(token);
      expect(await actionsOf(owner.tenantId)).toEqual(["organisation.created", "invitation.created"]);
    });

    test("mails the link where an address is given, in the same transaction", async () => {
      const owner = await createOwner("Mail & <more>");
      const email = `${newId()}@example.com`;
      const { link } = NewInvitation.parse(await (await inviting(owner, { role: "owner", email })).json());
      const [mail] = await inspect<{ subject: string; body: string }>("select kind, subject, body from app.mail where recipient = $1", [email]);
      expect(mail).toMatchObject({ kind: "invitation", subject: "Join “Mail & <more>” on Tieline" });
      expect(mail?.body).toContain(link);
    });

    test("mails one address three times an hour, and makes no invitation beyond", async () => {
      const owner = await createOwner("Insistent");
      const email = `${newId()}@Example.com`;
      const statuses: number[] = [];
      for (const address of [email, email, email.toLowerCase(), email]) statuses.push((await inviting(owner, { role: "member", email: address })).status);
      expect(statuses).toEqual([201, 201, 201, 429]);
      expect(await inspect("select from app.invitations where tenant_id = $1", [owner.tenantId])).toHaveLength(3);
    });

    test("stops at 100 open ones", async () => {
      const owner = await createOwner("Crowded");
      await inspect("insert into app.invitations (tenant_id, token_hash, role, created_by, expires_at) select $1::uuid, sha256((n::text || $1::text)::bytea), 'member', $2, now() + interval '1 day' from generate_series(1, 100) n", [owner.tenantId, owner.userId]);
      expect((await inviting(owner, { role: "member" })).status).toBe(409);
    });

    test.each([{}, { role: "admin" }, { role: "member", email: "nobody" }, { role: "member", email: "a@b.co\nBcc: c@d.co" }, { role: "member", more: 1 }])(
      "refuses %j", async (json) => expect((await inviting(await createOwner("Strict"), json)).status).toBe(400));

    test("is for owners", async () => {
      expect((await inviting(await createFellow(await createOwner("Closed")), { role: "owner" })).status).toBe(403);
    });
  });

  describe("GET /api/organisation/invitations", () => {
    test("lists them newest first with what became of them, in pages", async () => {
      const owner = await createOwner("Listed");
      const made = [];
      for (let n = 0; n < 4; n += 1) made.push(await createInvitation(owner));
      await accepting(await createPerson(), made[0]?.token ?? "");
      await revoking(owner, made[1]?.id ?? "");
      await expire(made[2]?.id ?? "");
      const read = async (query: string) => InvitationPage.parse(await (await as(owner, list, `/api/organisation/invitations${query}`)).json());
      const first = await read("?limit=3");
      expect(first.invitations.map(({ state }) => state)).toEqual(["open", "expired", "revoked"]);
      const second = await read(`?limit=3&cursor=${first.nextCursor}`);
      expect([second.invitations.map(({ state }) => state), second.nextCursor]).toEqual([["accepted"], null]);
      expect((await as(owner, list, "/api/organisation/invitations?cursor=WyJhIl0")).status).toBe(400);
    });

    test("is for owners", async () => {
      expect((await as(await createFellow(await createOwner("Hidden")), list, "/api/organisation/invitations")).status).toBe(403);
    });
  });

  describe("DELETE /api/organisation/invitations/{id}", () => {
    test("makes a link useless, once", async () => {
      const owner = await createOwner("Revoking");
      const { id, token } = await createInvitation(owner);
      expect((await revoking(owner, id)).status).toBe(204);
      expect((await found(token)).state).toBe("revoked");
      expect(await problem(await accepting(await createPerson(), token))).toEqual([409, expect.stringContaining("was revoked")]);
      expect((await revoking(owner, id)).status).toBe(409);
      expect((await actionsOf(owner.tenantId)).filter((action) => action === "invitation.revoked")).toHaveLength(1);
    });

    test("answers 404 for another organisation's", async () => {
      const [owner, other] = [await createOwner("One"), await createOwner("Other")];
      const { id, token } = await createInvitation(other);
      expect((await revoking(owner, id)).status).toBe(404);
      expect((await found(token)).state).toBe("open");
    });
  });

  describe("POST /api/invitations/find", () => {
    test("tells whoever holds the link where it leads", async () => {
      const owner = await createOwner("Found");
      const { id, token } = await createInvitation(owner, "owner");
      expect(await found(token)).toEqual({ organisation: "Found", role: "owner", state: "open", expiresAt: expect.any(String), member: false });
      expect(await found(token, owner)).toMatchObject({ member: true });
      expect(await found(token, await createOwner("Elsewhere"))).toMatchObject({ member: false });
      await expire(id);
      expect(await found(token)).toMatchObject({ state: "expired" });
    });

    test.each(["x", "A".repeat(43), "'; drop table app.invitations; --"])("answers 404 for %s", async (token) => {
      expect((await call(find, "/api/invitations/find", { json: { token } })).status).toBe(404);
    });

    test.each([{}, { token: "" }, { token: "x".repeat(201) }, { token: 1 }])("refuses %j", async (json) => {
      expect((await call(find, "/api/invitations/find", { json })).status).toBe(400);
    });
  });

  describe("POST /api/invitations/accept", () => {
    test("makes the user a member who works there from then on, and notes it for its owners", async () => {
      const owner = await createOwner("Joined");
      const person = await createOwner("Own");
      const { token } = await createInvitation(owner);
      const response = await accepting(person, token);
      expect([response.status, await response.json()]).toEqual([200, { id: owner.tenantId, name: "Joined", role: "member", active: true }]);
      expect(Organisation.parse(await (await as(person, read, "/api/organisation")).json())).toMatchObject({ name: "Joined", role: "member" });
      expect(await inspect("select actor_id, target, after from app.audit_log where tenant_id = $1 and action = 'invitation.accepted'", [owner.tenantId])).toEqual([
        { actor_id: person.userId, target: person.userId, after: { role: "member" } },
      ]);
    });

    test("admits one person: the next one reads that it was used", async () => {
      const owner = await createOwner("Once");
      const { token } = await createInvitation(owner);
      await accepting(await createPerson(), token);
      expect(await problem(await accepting(await createPerson(), token))).toEqual([409, expect.stringContaining("was used already")]);
    });

    test("uses nothing up when a member opens it", async () => {
      const owner = await createOwner("Again");
      const { token } = await createInvitation(owner);
      expect(await (await accepting(owner, token)).json()).toMatchObject({ id: owner.tenantId, role: "owner" });
      expect((await found(token)).state).toBe("open");
      expect(await actionsOf(owner.tenantId)).not.toContain("invitation.accepted");
    });

    test("refuses an expired one, and one that isn't there", async () => {
      const { id, token } = await createInvitation(await createOwner("Late"));
      await expire(id);
      const person = await createPerson();
      expect(await problem(await accepting(person, token))).toEqual([409, expect.stringContaining("has expired")]);
      expect((await accepting(person, "A".repeat(43))).status).toBe(404);
    });

    test("stops at 50 organisations, and goes on for somebody who belongs to one already", async () => {
      const [owner, person] = [await createOwner("The fifty-first"), await createPerson()];
      const first = await createInvitation(owner);
      await accepting(person, first.token);
      await inspect("with made as (insert into app.organisations (name) select 'Many' from generate_series(1, 49) returning id) insert into app.memberships (tenant_id, user_id, role) select id, $1, 'owner' from made", [person.userId]);
      expect((await accepting(person, first.token)).status).toBe(200);
      const refused = await accepting(person, (await createInvitation(await createOwner("Another"))).token);
      expect([refused.status, await refused.json()]).toEqual([409, expect.objectContaining({ detail: "You belong to 50 organisations, which is the most. Leave one first." })]);
    });

    test("asks visitors to sign in", async () => {
      expect((await call(accept, "/api/invitations/accept", { json: { token: "A".repeat(43) } })).status).toBe(401);
    });
  });
});

test("of two who accept one invitation at once on the server engine, one is admitted", async () => {
  const opened = await openTestDatabase("server");
  for (let round = 0; round < 8; round += 1) {
    const owner = await createOwner("Contested");
    const [{ token }, first, second] = [await createInvitation(owner), await createPerson(), await createPerson()];
    const statuses = (await Promise.all([first, second].map((person) => accepting(person, token)))).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 409]);
    expect(await inspect("select from app.memberships where tenant_id = $1", [owner.tenantId])).toHaveLength(2);
    expect((await actionsOf(owner.tenantId)).filter((action) => action === "invitation.accepted")).toHaveLength(1);
  }
  await opened.close();
});

test("somebody who accepts two invitations into one organisation at once is admitted, without an error", async () => {
  const opened = await openTestDatabase("server");
  for (let round = 0; round < 8; round += 1) {
    const owner = await createOwner("Eager");
    const [first, second, person] = [await createInvitation(owner), await createInvitation(owner), await createPerson()];
    const statuses = (await Promise.all([first, second].map(({ token }) => accepting(person, token)))).map(({ status }) => status);
    expect(statuses).toEqual([200, 200]);
    expect((await actionsOf(owner.tenantId)).filter((action) => action === "invitation.accepted")).toHaveLength(1);
  }
  await opened.close();
});
