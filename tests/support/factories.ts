import { newId } from "#lib/ids.ts";
import { system, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { indexDocument } from "#domains/knowledge/server.ts";
import type { DocumentInput } from "#domains/knowledge/index.ts";

const setUp = system("test");

/** An organisation with one owner; answers the owner as principal. */
export async function createMember(name: string): Promise<Extract<Principal, { kind: "member" }>> {
  const [tenantId, userId] = [newId(), newId()];
  await db.as(setUp, async (tx) => {
    await tx.insertInto("app.organisations").values({ id: tenantId, name }).execute();
    await tx.insertInto("app.memberships").values({ tenant_id: tenantId, user_id: userId, role: "owner" }).execute();
  });
  return { kind: "member", tenantId, userId, role: "owner" };
}

/** Makes a user a member of an organisation that exists. */
export async function joinOrganisation(tenantId: string, userId: string): Promise<void> {
  await db.as(setUp, (tx) =>
    tx.insertInto("app.memberships").values({ tenant_id: tenantId, user_id: userId, role: "member" }).execute(),
  );
}

/** Indexes a document; public unless a tenant is given. */
export async function createDocument(markdown: string, over: Partial<DocumentInput> = {}): Promise<DocumentInput> {
  const sourceId = over.sourceId ?? newId();
  const document: DocumentInput = {
    tenantId: null, source: "help", sourceId, title: "Document", url: `/help/${sourceId}`, tags: [], markdown, ...over,
  };
  await db.as(setUp, (tx) => indexDocument(tx, document));
  return document;
}
