import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as ask } from "#app/api/ask/route.ts";
import { DELETE as revoke } from "#app/api/organisation/keys/[id]/route.ts";
import { GET as list, POST as create } from "#app/api/organisation/keys/route.ts";
import { Answer } from "#domains/assistant/index.ts";
import { KeyPage, NewKey } from "#domains/accounts/index.ts";
import { call } from "../support/http.ts";
import { createDocument } from "../support/factories.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { actionsOf, as, createFellow, createOrganisationKey, createOwner, insertKey, type Person } from "../support/organisations.ts";

const code = async (response: Response) => ((await response.json()) as { code: string }).code;
const creating = (person: Person, json: object) => as(person, create, "/api/organisation/keys", { json });
const revoking = (person: Person, id: string) => as(person, revoke, `/api/organisation/keys/${id}`, { method: "DELETE", params: { id } });
const asking = (headers: Record<string, string>, question = "What is the Quokka line rated at?") => call(ask, "/api/ask", { json: { question }, headers });
const lastUse = async (id: string) => (await inspect<{ at: string | null }>("select last_used_at::text as at from app.api_keys where id = $1", [id]))[0]?.at;

describe.each(engines)("API keys on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase(engine)));
  afterAll(() => opened.close());

  describe("POST /api/organisation/keys", () => {
    test("answers the key once, and stores its hash alone", async () => {
      const owner = await createOwner("Keys");
      const response = await creating(owner, { name: "  Nightly report ", scopes: ["ask"] });
      expect(response.status).toBe(201);
      const { key, apiKey } = NewKey.parse(await response.json());
      expect(key).toMatch(/^tl_[A-Za-z0-9]{40}$/);
      expect(apiKey).toMatchObject({ name: "Nightly report", prefix: key.slice(0, 9), scopes: ["ask"], lastUsedAt: null, revokedAt: null });
      const rows = await inspect<{ key_hash: Uint8Array }>("select * from app.api_keys where id = $1", [apiKey.id]);
      expect(Buffer.from(rows[0]?.key_hash ?? []).toString("hex")).toBe(createHash("sha256").update(key).digest("hex"));
      const kept = JSON.stringify([rows, await inspect("select * from app.audit_log where tenant_id = $1", [owner.tenantId]), await (await as(owner, list, "/api/organisation/keys")).json()]);
      expect(kept).not.toContain(key.slice(9));
      expect(await actionsOf(owner.tenantId)).toEqual(["organisation.created", "api_key.created"]);
    });

    test.each([{}, { name: "a" }, { name: "a", scopes: [] }, { name: "a", scopes: ["everything"] }, { name: "a", scopes: ["ask", "ask"] }, { name: "", scopes: ["ask"] }])(
      "refuses %j", async (json) => expect((await creating(await createOwner("Strict"), json)).status).toBe(400));

    test("is for owners in person: neither for members nor for keys", async () => {
      const owner = await createOwner("Personal");
      const { headers } = await createOrganisationKey(owner);
      expect((await creating(await createFellow(owner), { name: "a", scopes: ["ask"] })).status).toBe(403);
      const response = await call(create, "/api/organisation/keys", { json: { name: "a", scopes: ["ask"] }, headers });
      expect([response.status, await code(response)]).toEqual([403, "TENANT_FORBIDDEN"]);
      expect(await inspect("select from app.api_keys where tenant_id = $1", [owner.tenantId])).toHaveLength(1);
    });

    test("stops at 50", async () => {
      const owner = await createOwner("Many");
      await inspect("insert into app.api_keys (tenant_id, name, prefix, key_hash, scopes, created_by) select $1::uuid, 'Many', 'tl_aaaaaa', sha256((n::text || $1::text)::bytea), '{ask}', $2 from generate_series(1, 50) n", [owner.tenantId, owner.userId]);
      expect((await creating(owner, { name: "One more", scopes: ["ask"] })).status).toBe(409);
    });
  });

  describe("GET /api/organisation/keys", () => {
    test("lists keys to every member, newest first, in pages", async () => {
      const owner = await createOwner("Listed");
      const fellow = await createFellow(owner);
      for (const name of ["first", "second", "third"]) await createOrganisationKey(owner, name);
      const read = async (query: string) => KeyPage.parse(await (await as(fellow, list, `/api/organisation/keys${query}`)).json());
      const first = await read("?limit=2");
      expect(first.keys.map(({ name }) => name)).toEqual(["third", "second"]);
      const second = await read(`?limit=2&cursor=${first.nextCursor}`);
      expect([second.keys.map(({ name }) => name), second.nextCursor]).toEqual([["first"], null]);
    });
  });

  describe("DELETE /api/organisation/keys/{id}", () => {
    test("is effective with the very next request", async () => {
      const owner = await createOwner("Revoking");
      const { id, headers } = await createOrganisationKey(owner);
      expect((await asking(headers)).status).toBe(200);
      expect((await revoking(owner, id)).status).toBe(204);
      const response = await asking(headers);
      expect([response.status, await code(response)]).toEqual([401, "UNAUTHENTICATED"]);
      expect((await revoking(owner, id)).status).toBe(409);
      expect((await actionsOf(owner.tenantId)).filter((action) => action === "api_key.revoked")).toHaveLength(1);
    });

    test("answers 404 for another organisation's, which stays in use", async () => {
      const [owner, other] = [await createOwner("One"), await createOwner("Other")];
      const { id, headers } = await createOrganisationKey(other);
      expect((await revoking(owner, id)).status).toBe(404);
      expect((await asking(headers)).status).toBe(200);
    });

    test("is for owners", async () => {
      const owner = await createOwner("Kept");
      const { id, headers } = await createOrganisationKey(owner);
      expect((await revoking(await createFellow(owner), id)).status).toBe(403);
      expect((await asking(headers)).status).toBe(200);
    });
  });

  describe("a key", () => {
    test("finds its own organisation's documents, and nobody else's", async () => {
      const [own, other] = [await createOwner("Own"), await createOwner("Other")];
      await createDocument("# Quokka\n\nThe Quokka line is rated at 111 MW.", { tenantId: own.tenantId, source: "upload" });
      await createDocument("# Quokka\n\nThe Quokka line is rated at 222 MW.", { tenantId: other.tenantId, source: "upload" });
      const answer = async (owner: Person) => Answer.parse(await (await asking((await createOrganisationKey(owner)).headers)).json()).answer;
      const [ownAnswer, otherAnswer] = [await answer(own), await answer(other)];
      expect(ownAnswer).toContain("111 MW");
      expect(ownAnswer).not.toContain("222");
      expect(otherAnswer).toContain("222 MW");
      expect(otherAnswer).not.toContain("111");
      expect((await inspect<{ tenant_id: string }>("select tenant_id from app.answers order by id desc limit 2")).map(({ tenant_id }) => tenant_id)).toEqual([other.tenantId, own.tenantId]);
    });

    test("that is unknown, malformed or of another form gets 401", async () => {
      for (const key of [`tl_${"A".repeat(40)}`, "tl_short", `tl_${"A".repeat(41)}`, "tl_", `tl_${"A".repeat(39)}-`]) {
        const response = await asking({ authorization: `Bearer ${key}` });
        expect([key, response.status, await code(response)]).toEqual([key, 401, "UNAUTHENTICATED"]);
      }
    });

    test("without the scope gets 403", async () => {
      const { tenantId } = await createOwner("Scoped");
      const response = await asking((await insertKey(tenantId, ["usage:read"])).headers);
      expect([response.status, await response.json()]).toMatchObject([403, { code: "TENANT_FORBIDDEN", detail: expect.stringContaining('"ask"') }]);
    });

    test.each(["api-keys", "api-keys-fr"])("is used as the help entry %s says", async (entry) => {
      const text = await readFile(`supabase/seed/help/${entry}.md`, "utf8");
      const curl = /```sh\n(curl [^]*?)```/.exec(text)?.[1] ?? "";
      const [, path = ""] = /https:\/\/tieline\.example(\S+)/.exec(curl) ?? [];
      const { key } = await createOrganisationKey(await createOwner("Reading"));
      const headers = Object.fromEntries([...curl.matchAll(/-H "([^:]+): (.+?)"/g)].map(([, name = "", value = ""]) => [name, value.replace("$TIELINE_API_KEY", key)]));
      const body = /-d '(.+?)'/.exec(curl)?.[1] ?? "";
      expect([path, Object.keys(headers)]).toEqual(["/api/ask", ["Authorization", "Content-Type"]]);
      const response = await call(ask, path, { body, headers });
      expect([response.status, Object.keys((await response.json()) as object)]).toEqual([200, expect.arrayContaining(["question", "answer", "mode", "citations"])]);
    });

    test("has its use noted once a minute at most", async () => {
      const { id, headers } = await createOrganisationKey(await createOwner("Used"));
      expect(await lastUse(id)).toBeNull();
      await asking(headers);
      const first = await lastUse(id);
      expect(first).toEqual(expect.any(String));
      await asking(headers);
      expect(await lastUse(id)).toBe(first);
      await inspect("update app.api_keys set last_used_at = now() - interval '61 seconds' where id = $1", [id]);
      const earlier = await lastUse(id);
      await asking(headers);
      expect(await lastUse(id)).not.toBe(earlier);
    });
  });
});
