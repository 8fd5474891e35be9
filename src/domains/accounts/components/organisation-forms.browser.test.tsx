import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { InvitationCard } from "#domains/accounts/components/invitation-card.tsx";
import { InvitedSignUp } from "#domains/accounts/components/invited-sign-up.tsx";
import { CreateOrganisation, DeleteOrganisation, OrganisationSwitcher, RenameOrganisation } from "#domains/accounts/components/organisation-forms.tsx";
import { InvitationList, InviteForm } from "#domains/accounts/components/organisation-invitations.tsx";
import { CreateKey, KeyList } from "#domains/accounts/components/organisation-keys.tsx";
import { MemberList } from "#domains/accounts/components/organisation-members.tsx";
import { keepInvitation, waitingInvitation } from "#domains/accounts/components/waiting-invitation.ts";
import type { FoundInvitation, Invitation, OrganisationKey, OrganisationMember } from "#domains/accounts/index.ts";
import { problem, serveApi } from "../../../../tests/support/fake-api.ts";
import { visits } from "../../../../tests/support/next/navigation.ts";

const field = (name: string) => page.getByLabelText(name, { exact: true });
const button = (name: string) => page.getByRole("button", { name, exact: true });
const status = page.getByRole("status");
const sent = async (request: Request | undefined) => [request?.method, new URL(request?.url ?? "http://none").pathname, JSON.parse((await request?.text()) || "null") as unknown];
const [aliceId, bobId] = ["01a1fc5a-509c-7556-b9c4-e91a7eca033f", "01a1fc5a-509c-7556-b9c4-e91a7eca0340"];
const joinedAt = "2026-11-01T15:00:00Z";
const alice: OrganisationMember = { userId: aliceId, name: "Alice", email: "alice@example.com", role: "owner", joinedAt, you: true };
const bob: OrganisationMember = { userId: bobId, name: "", email: "bob@example.com", role: "member", joinedAt, you: false };
const found: FoundInvitation = { organisation: "Northern Power", role: "member", state: "open", expiresAt: "2026-11-28T15:00:00Z", member: false };

test("a name is saved without its spaces, which is said until it is written on", async () => {
  const requests = serveApi({ "PATCH /api/organisation": () => Response.json({}) });
  await render(<RenameOrganisation name="Northern Power" />);
  await field("Name").fill("  Northern Light ");
  await button("Save name").click();
  await expect.element(status).toMatchTextContent("Saved");
  expect(await sent(requests[0])).toEqual(["PATCH", "/api/organisation", { name: "Northern Light" }]);
  expect(visits).toEqual(["refresh"]);
  await field("Name").fill("Northern Lights");
  await expect.element(status).toMatchTextContent(/^$/);
});

test("an organisation without a name isn't sent; what the server refuses stands at the field", async () => {
  const requests = serveApi({
    "POST /api/organisations": () => Response.json({ title: "x", status: 400, code: "INVALID_REQUEST", errors: [{ path: "name", message: "Use one line without invisible characters." }] }, { status: 400 }),
  });
  await render(<CreateOrganisation first />);
  await button("Create an organisation").click();
  await expect.element(field("Name")).toHaveFocus();
  expect(requests).toEqual([]);
  await field("Name").fill("North\u200bern");
  await button("Create an organisation").click();
  await expect.element(field("Name")).toHaveAccessibleDescription("Use one line without invisible characters.");
});

test("an organisation is deleted by its name alone; the dialog says why it wasn't", async () => {
  const requests = serveApi({ "DELETE /api/organisation": () => problem(503, "DATABASE_UNAVAILABLE", "The database does not answer", "Try again in a moment.") });
  await render(<DeleteOrganisation name="Northern Power" members={3} />);
  await button("Delete the organisation").click();
  await field("Type the name: Northern Power").fill("Northern Power");
  await button("Delete everything").click();
  await expect.element(page.getByRole("alert")).toMatchTextContent("Nothing was deletedTry again in a moment.");
  expect(await sent(requests[0])).toEqual(["DELETE", "/api/organisation", { name: "Northern Power" }]);
  await button("Keep it").click();
  await expect.element(button("Delete the organisation")).toHaveFocus();
});

test("a switch that is refused leaves the choice open", async () => {
  serveApi({ "POST /api/organisations/active": () => problem(404, "NOT_FOUND", "Not found", "You don’t belong to it any more.") });
  await render(<OrganisationSwitcher organisations={[{ id: aliceId, name: "North", role: "owner", active: true }, { id: bobId, name: "South", role: "member", active: false }]} />);
  await button("Work in South").click();
  await expect.element(page.getByRole("alert")).toMatchTextContent("You don’t belong to it any more.");
  await expect.element(button("Work in South")).not.toHaveAttribute("aria-disabled", "true");
});

test("an invitation's link is shown once it is made, and announced", async () => {
  const invitation: Invitation = { id: aliceId, role: "owner", email: "mina@example.com", state: "open", createdAt: joinedAt, expiresAt: joinedAt };
  const requests = serveApi({ "POST /api/organisation/invitations": () => Response.json({ invitation, link: "http://tieline.test/invite#secret" }, { status: 201 }) });
  await render(<InviteForm />);
  await field("E-mail (optional)").fill("mina@example.com");
  await field("Role").selectOptions("owner");
  await button("Create an invitation").click();
  await expect.element(field("Link for mina@example.com")).toHaveValue("http://tieline.test/invite#secret");
  await expect.element(status.first()).toMatchTextContent("The invitation for mina@example.com is made.");
  expect(await sent(requests[0])).toEqual(["POST", "/api/organisation/invitations", { role: "owner", email: "mina@example.com" }]);
  await expect.element(field("E-mail (optional)")).toHaveValue("");
});

test("an open invitation is revoked after a question, a used one isn't offered", async () => {
  const requests = serveApi({ "DELETE /api/organisation/invitations/01a1fc5a-509c-7556-b9c4-e91a7eca033f": () => new Response(null, { status: 204 }) });
  const invitation = (over: Partial<Invitation>): Invitation => ({ id: aliceId, role: "member", email: null, state: "open", createdAt: joinedAt, expiresAt: joinedAt, ...over });
  await render(<InvitationList invitations={[invitation({}), invitation({ id: bobId, state: "accepted", email: "bob@example.com" })]} />);
  expect(page.getByRole("button").elements()).toHaveLength(1);
  await button("Revoke the invitation for one member").click();
  await expect.element(button("Cancel")).toHaveFocus();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await vi.waitFor(() => expect(visits).toEqual(["refresh"]));
  expect(requests).toHaveLength(1);
});

test("a role changes at once and back again; a refusal is said, and the role is what it was", async () => {
  let refuse = false;
  const requests = serveApi({
    [`PATCH /api/organisation/members/${bobId}`]: () => (refuse ? problem(403, "TENANT_FORBIDDEN", "Not allowed in this organisation", "You aren’t an owner of the organisation any more. Reload the page.") : Response.json({})),
  });
  await render(<MemberList members={[alice, bob]} organisation="Northern Power" owner />);
  await field("Role of bob@example.com").selectOptions("owner");
  await expect.element(status).toMatchTextContent("bob@example.com is an owner now.");
  await button("Undo").click();
  await expect.element(status).toMatchTextContent("bob@example.com is a member now.");
  expect(await Promise.all(requests.map(sent))).toEqual(["owner", "member"].map((role) => ["PATCH", `/api/organisation/members/${bobId}`, { role }]));
  refuse = true;
  await field("Role of bob@example.com").selectOptions("owner");
  await expect.element(page.getByRole("alert")).toMatchTextContent("You aren’t an owner of the organisation any more.");
  await expect.element(field("Role of bob@example.com")).toHaveValue("member");
});

test("an owner is asked before they become a member, which they couldn't take back", async () => {
  const requests = serveApi({ [`PATCH /api/organisation/members/${aliceId}`]: () => Response.json({}) });
  await render(<MemberList members={[alice, { ...bob, role: "owner" }]} organisation="Northern Power" owner />);
  await field("Role of Alice").selectOptions("member");
  await expect.element(page.getByRole("dialog")).toMatchTextContent("Stop being an owner of “Northern Power”?");
  await userEvent.keyboard("{Escape}");
  await expect.element(field("Role of Alice")).toHaveValue("owner");
  expect(requests).toEqual([]);
  await field("Role of Alice").selectOptions("member");
  await button("Become a member").click();
  await vi.waitFor(() => expect(visits).toEqual(["refresh"]));
  expect(await sent(requests[0])).toEqual(["PATCH", `/api/organisation/members/${aliceId}`, { role: "member" }]);
  expect(page.getByRole("button", { name: "Undo" }).elements()).toEqual([]);
});

test("members see roles and can leave, no more", async () => {
  await render(<MemberList members={[{ ...alice, you: false }, { ...bob, you: true }]} organisation="Northern Power" owner={false} />);
  expect(page.getByRole("combobox").elements()).toEqual([]);
  expect(page.getByRole("button").elements().map((element) => element.textContent)).toEqual(["Leave"]);
});

test("a key is shown once, in a dialog that gives focus back", async () => {
  const apiKey: OrganisationKey = { id: aliceId, name: "Nightly", prefix: "tl_abcdef", scopes: ["ask"], createdAt: joinedAt, lastUsedAt: null, revokedAt: null };
  const requests = serveApi({ "POST /api/organisation/keys": () => Response.json({ apiKey, key: "tl_abcdefghij" }, { status: 201 }) });
  await render(<><CreateKey /><KeyList keys={[{ ...apiKey, revokedAt: joinedAt }]} owner /></>);
  await field("Name").fill("Nightly");
  await button("Create an API key").click();
  await expect.element(field("API key")).toHaveValue("tl_abcdefghij");
  await button("I have stored it").click();
  await expect.element(button("Create an API key")).toHaveFocus();
  expect(page.getByText("tl_abcdefghij").elements()).toEqual([]);
  expect(await sent(requests[0])).toEqual(["POST", "/api/organisation/keys", { name: "Nightly", scopes: ["ask"] }]);
  expect(page.getByRole("button", { name: /Revoke/ }).elements()).toEqual([]);
});

const finding = (byToken: Record<string, FoundInvitation>) => ({
  "POST /api/invitations/find": async (request: Request) => {
    const { token } = (await request.json()) as { token: string };
    return byToken[token] ? Response.json(byToken[token]) : problem(404, "NOT_FOUND", "Not found", "This invitation doesn’t exist.");
  },
});

test("another link that is opened in the same tab shows its own invitation", async () => {
  serveApi(finding({ first: found, second: { ...found, organisation: "Southern Power" } }));
  location.hash = "first";
  await render(<InvitationCard signedIn={false} />);
  await expect.element(page.getByText("You are invited to “Northern Power”")).toBeVisible();
  location.hash = "second";
  await expect.element(page.getByText("You are invited to “Southern Power”")).toBeVisible();
  location.hash = "third";
  await expect.element(page.getByText("There is no such invitation")).toBeVisible();
});

test("the secret waits in this tab while its reader signs up, and stands in no address", async () => {
  serveApi(finding({ first: found }));
  location.hash = "first";
  await render(<InvitationCard signedIn={false} />);
  const signUp = page.getByRole("link", { name: "Create an account" });
  await expect.element(signUp).toHaveAttribute("href", "/signup?next=%2Finvite");
  signUp.element().addEventListener("click", (event) => event.preventDefault());
  await signUp.click();
  expect(waitingInvitation()).toBe("first");
});

test.each([
  ["open", "The invitation isn’t used up; somebody else can still take it."], ["accepted", "There is nothing left to accept."],
] as const)("a member who opens an invitation that is %s is led to work there, and reads the truth about the link", async (state, says) => {
  const requests = serveApi({ ...finding({ first: { ...found, state, member: true } }), "POST /api/invitations/accept": () => problem(503, "DATABASE_UNAVAILABLE", "The database does not answer", "Try again in a moment.") });
  location.hash = "first";
  await render(<InvitationCard signedIn />);
  await expect.element(page.getByText("You belong to “Northern Power” already")).toBeVisible();
  await expect.element(page.getByText(says)).toBeVisible();
  await button("Work in Northern Power").click();
  await expect.element(page.getByText("You couldn’t be led there")).toBeVisible();
  expect(await sent(requests.at(-1))).toEqual(["POST", "/api/invitations/accept", { token: "first" }]);
});

test("while sign-up is closed, the invitation that waits in this tab opens it", async () => {
  const requests = serveApi({ "POST /api/auth/sign-up": () => Response.json({ state: "confirm-mail" }, { status: 201 }) });
  const { unmount } = await render(<InvitedSignUp next="/invite" />);
  await expect.element(page.getByText("No new accounts are made at the moment")).toBeVisible();
  await unmount();
  keepInvitation("the secret");
  await render(<InvitedSignUp next="/invite" />);
  await field("E-mail").fill("ada@example.com");
  await field("Password").fill("long enough words");
  await button("Create account").click();
  await expect.element(status).toMatchTextContent("A mail is under way");
  expect(((await sent(requests[0]))[2] as { invitation: string }).invitation).toBe("the secret");
});
