import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { ConfirmLink } from "#domains/accounts/components/account-confirm.tsx";
import { DeleteAccount } from "#domains/accounts/components/account-deletion.tsx";
import { LogInForm } from "#domains/accounts/components/account-log-in-form.tsx";
import { LogInLink } from "#domains/accounts/components/account-log-in-link.tsx";
import { LogOutButton } from "#domains/accounts/components/account-log-out-button.tsx";
import { EmailForm, NameForm, PasswordForm } from "#domains/accounts/components/account-profile-forms.tsx";
import { ResetForm } from "#domains/accounts/components/account-reset-form.tsx";
import { EndOtherSessions } from "#domains/accounts/components/account-sessions.tsx";
import { SignUpForm } from "#domains/accounts/components/account-sign-up-form.tsx";
import type { OwnOrganisation } from "#domains/accounts/index.ts";
import { problem, serveApi } from "../../../../tests/support/fake-api.ts";
import { visit } from "../../../../tests/support/next/navigation.ts";

const field = (name: string) => page.getByLabelText(name, { exact: true });
const button = (name: string) => page.getByRole("button", { name, exact: true });
const bodyOf = async (request: Request | undefined) => (await request?.json()) as unknown;
const mailUnderWay = () => Response.json({ state: "mail-under-way" }, { status: 202 });
const wrong = () => problem(401, "UNAUTHENTICATED", "Credentials are missing or not valid", "That address and password don’t belong together.");

test("a log-in that is refused says why, and keeps what was written", async () => {
  const requests = serveApi({ "POST /api/auth/log-in": wrong });
  await render(<LogInForm next="/ask" />);
  await field("E-mail").fill("ada@example.com");
  await field("Password").fill("wrong wrong");
  await expect.element(field("E-mail")).toHaveAttribute("autocomplete", "username");
  await expect.element(field("Password")).toHaveAttribute("autocomplete", "current-password");
  await button("Log in").click();
  await expect.element(page.getByRole("alert")).toMatchTextContent("You weren’t logged inThat address and password don’t belong together.");
  await expect.element(field("Password")).toHaveValue("wrong wrong");
  expect(await bodyOf(requests[0])).toEqual({ email: "ada@example.com", password: "wrong wrong" });
});

test("a password can be looked at", async () => {
  await render(<LogInForm next="/" />);
  await field("Password").fill("secret words");
  await expect.element(field("Password")).toHaveAttribute("type", "password");
  await button("Show password").click();
  await expect.element(field("Password")).toHaveAttribute("type", "text");
});

test("a sign-up sends the invitation it came with, and says what to do where a mail comes first", async () => {
  const requests = serveApi({ "POST /api/auth/sign-up": () => Response.json({ state: "confirm-mail" }, { status: 201 }) });
  await render(<SignUpForm next="/" invitation="the secret" />);
  await field("E-mail").fill("ada@example.com");
  await field("Password").fill("short");
  await button("Create account").click();
  await expect.element(field("Password")).toHaveAccessibleDescription(/Use at least 8 characters\./);
  expect(requests).toEqual([]);
  await field("Password").fill("long enough words");
  await button("Create account").click();
  const status = page.getByRole("status");
  await expect.element(status).toHaveFocus();
  await expect.element(status).toMatchTextContent("A mail is under way to ada@example.com");
  expect(await bodyOf(requests[0])).toEqual({ email: "ada@example.com", name: "", password: "long enough words", invitation: "the secret" });
});

test("what the server finds wrong with a password stands at it", async () => {
  serveApi({
    "POST /api/auth/sign-up": () => Response.json({ title: "x", status: 400, code: "INVALID_REQUEST", errors: [{ path: "password", message: "Use at most 72 bytes." }] }, { status: 400 }),
  });
  await render(<SignUpForm next="/" invitation={undefined} />);
  await field("E-mail").fill("ada@example.com");
  await field("Password").fill("🔌".repeat(20));
  await button("Create account").click();
  await expect.element(field("Password")).toHaveFocus();
  await expect.element(field("Password")).toHaveAccessibleDescription(/Use at most 72 bytes\./);
});

test("a reset can be asked for another address", async () => {
  const requests = serveApi({ "POST /api/auth/reset-password": mailUnderWay });
  await render(<ResetForm />);
  await field("E-mail").fill("ada@example.com");
  await button("Send the link").click();
  await expect.element(page.getByRole("status")).toMatchTextContent("If there is an account with this address");
  await button("Use another address").click();
  await expect.element(field("E-mail")).toHaveValue("");
  expect(await bodyOf(requests[0])).toEqual({ email: "ada@example.com" });
});

const tokenHash = "0123456789abcdef0123456789abcdef";

test("the link of a mail does nothing before it is asked to, and says when it was used", async () => {
  const requests = serveApi({ "POST /api/auth/confirm": () => problem(400, "INVALID_REQUEST", "The request is not valid", "This link has been used.") });
  visit(`/confirm#type=recovery&token_hash=${tokenHash}`);
  await render(<ConfirmLink />);
  await field("New password").fill("another good one");
  expect(requests).toEqual([]);
  await button("Set the password").click();
  await expect.element(page.getByRole("alert")).toMatchTextContent("No password was setThis link has been used.");
  await expect.element(page.getByRole("link", { name: "Ask for a new link" })).toHaveAttribute("href", "/reset-password");
  expect(await bodyOf(requests[0])).toEqual({ type: "recovery", tokenHash, password: "another good one" });
});

test("a link that moves an account says when the other mailbox comes next", async () => {
  const requests = serveApi({ "POST /api/auth/confirm": () => Response.json({ state: "other-mail" }) });
  visit(`/confirm#type=email_change&token_hash=${tokenHash}`);
  await render(<ConfirmLink />);
  await button("Move the account").click();
  await expect.element(page.getByRole("status")).toMatchTextContent("Now open the link in the mail to the other address");
  expect(await bodyOf(requests[0])).toEqual({ type: "email_change", tokenHash });
});

test("half a link leads to a new one", async () => {
  visit("/confirm#type=recovery");
  await render(<ConfirmLink />);
  await expect.element(page.getByText("This isn’t the whole link of a mail")).toBeVisible();
});

test("a name is stored, and what isn't stored is said so", async () => {
  const requests = serveApi({ "PATCH /api/account": () => Response.json({ id: "x", email: "x", name: "Ada" }) });
  await render(<NameForm name="" />);
  await field("Name").fill(" Ada ");
  await button("Save name").click();
  await expect.element(page.getByText("Saved")).toBeVisible();
  expect(await bodyOf(requests[0])).toEqual({ name: "Ada" });
  serveApi({});
  await button("Save name").click();
  await expect.element(page.getByRole("alert")).toMatchTextContent("The name wasn’t stored");
  await expect.element(page.getByText("Saved")).not.toBeInTheDocument();
});

test("a new address and a new password take the present password", async () => {
  const requests = serveApi({ "POST /api/account/email": mailUnderWay, "POST /api/account/password": wrong });
  const { rerender } = await render(<EmailForm email="ada@example.com" />);
  await field("New address").fill("next@example.com");
  await field("Password").fill("the present one");
  await button("Send the link").click();
  await expect.element(page.getByRole("status")).toMatchTextContent("Until then you log in with ada@example.com.");
  await rerender(<PasswordForm email="ada@example.com" />);
  await field("Current password").fill("the present one");
  await field("New password").fill("the next good one");
  await button("Change password").click();
  await expect.element(page.getByRole("alert")).toMatchTextContent("The password wasn’t changed");
  expect(await Promise.all(requests.map(bodyOf))).toEqual([
    { email: "next@example.com", password: "the present one" },
    { current: "the present one", next: "the next good one" },
  ]);
});

test("other sessions are ended, this one isn't", async () => {
  const requests = serveApi({ "POST /api/auth/log-out": () => new Response(null, { status: 204 }) });
  await render(<EndOtherSessions />);
  await button("Log out everywhere else").click();
  await expect.element(page.getByText("Only this session is left")).toBeVisible();
  expect(await bodyOf(requests[0])).toEqual({ sessions: "others" });
});

const organisation = (name: string, members: number, soleOwner = true): OwnOrganisation => ({
  id: "0199f3a0-0000-7000-8000-000000000001", name, role: soleOwner ? "owner" : "member", joinedAt: "2026-11-21T00:00:00.000Z", members, soleOwner,
});

test("a deletion says what goes with the account, and takes the password", async () => {
  const requests = serveApi({ "DELETE /api/account": wrong });
  await render(<DeleteAccount email="ada@example.com" organisations={[organisation("Alone", 1), organisation("Theirs", 4, false)]} />);
  await expect.element(page.getByText(/“Alone”, where you are alone, goes with them/)).toMatchTextContent("You leave “Theirs”");
  await button("Delete my account").click();
  const dialog = page.getByRole("dialog", { name: "Delete your account" });
  await expect.element(dialog.getByRole("heading", { name: "Delete the account ada@example.com?" })).toBeVisible();
  await dialog.getByLabelText("Password", { exact: true }).fill("wrong wrong");
  await dialog.getByRole("button", { name: "Delete the account" }).click();
  await expect.element(dialog.getByRole("alert")).toMatchTextContent("Nothing was deleted");
  expect(await bodyOf(requests[0])).toEqual({ password: "wrong wrong" });
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect.element(dialog).not.toBeInTheDocument();
});

test("the only owner of what others belong to is told what to do first", async () => {
  await render(<DeleteAccount email="ada@example.com" organisations={[organisation("Shared", 3)]} />);
  await expect.element(page.getByText("“Shared” would be left without an owner")).toBeVisible();
  await expect.element(button("Delete my account")).not.toBeInTheDocument();
});

test("a log-out that fails says that one is still logged in", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  serveApi({ "POST /api/auth/log-out": () => problem(503, "UPSTREAM_UNAVAILABLE", "Away", "Try again in a minute.") });
  await render(<LogOutButton icon="x" />);
  await button("Log out").click();
  await expect.element(page.getByRole("alert")).toMatchTextContent("You are still logged in. Try again in a minute.");
});

test.each([
  ["/ask", "/login?next=%2Fask"],
  ["/", "/login"],
  ["/signup", "/login"],
])("from %s the way in is %s", async (path, href) => {
  visit(path);
  await render(<LogInLink icon="" />);
  await expect.element(page.getByRole("link", { name: "Log in" })).toHaveAttribute("href", href);
});
