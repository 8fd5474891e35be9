import Download from "lucide-react/icons/download";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { isAppError } from "#lib/errors.ts";
import { formatDateTime } from "#lib/format-time.ts";
import { buttonClass } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { DeleteAccount } from "#domains/accounts/components/account-deletion.tsx";
import { EmailForm, NameForm, PasswordForm } from "#domains/accounts/components/account-profile-forms.tsx";
import { EndOtherSessions } from "#domains/accounts/components/account-sessions.tsx";
import type { Account } from "#domains/accounts/index.ts";
import { getAccount } from "#domains/accounts/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { queryOf, type PageQuery } from "#app/(account)/entrance.tsx";
import { getViewer, pageRequest } from "#app/viewer.ts";

export const metadata: Metadata = { title: "Account", robots: { index: false } };

const notices = new Map([
  ["password", "The new password is set, and all other sessions have ended."],
  ["email", "The account has moved. Log in with the new address from now on."],
]);

export default async function AccountPage({ searchParams }: { searchParams: PageQuery }) {
  const [{ principal, accountsAway }, query] = await Promise.all([getViewer(), queryOf(searchParams)]);
  if (principal.kind !== "user" && principal.kind !== "member") {
    if (!accountsAway) redirect("/login?next=%2Faccount");
    return <AccountsAway />;
  }
  const account = await getAccount(principal, { request: await pageRequest(), setCookie: () => undefined }).catch((error: unknown) => {
    if (isAppError(error) && (error.code === "UPSTREAM_UNAVAILABLE" || error.code === "DATABASE_UNAVAILABLE")) return null;
    throw error;
  });
  return account ? <AccountCards account={account} notice={notices.get(query("notice") ?? "")} /> : <AccountsAway />;
}

function AccountCards({ account, notice }: { account: Account; notice: string | undefined }) {
  const { email, name, organisations, createdAt, lastSignedInAt } = account;
  return (
    <div className="mx-auto grid max-w-[640px] gap-4 [&>section>form]:mt-2">
      <PageHeader title="Account" help={<HelpButton id="accounts" />} />
      {notice && (
        <p role="status" className="rounded border bg-sunken p-3 text-14">
          {notice}
        </p>
      )}
      <Card id="profile" title="Profile">
        <NameForm name={name} />
        <p className="mt-3 text-13 text-muted">Member since {formatDateTime(createdAt)}</p>
      </Card>
      {organisations.length > 0 && (
        <Card id="organisations" title="Organisations">
          <ul className="text-14">
            {organisations.map((organisation) => (
              <li key={organisation.id} className="flex flex-wrap justify-between gap-x-4 py-1">
                <span className="min-w-0">{organisation.name}</span>
                <span className="text-muted">{organisation.role === "owner" ? "Owner" : "Member"}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card id="address" title="Address">
        <EmailForm key={email} email={email} />
      </Card>
      <Card id="password" title="Password">
        <PasswordForm email={email} />
      </Card>
      <Card id="sessions" title="Sessions" help={<HelpButton id="sign-in-and-sessions" />}>
        {lastSignedInAt && <p className="text-13 text-muted">Last log-in {formatDateTime(lastSignedInAt)}</p>}
        <EndOtherSessions />
      </Card>
      <Card id="data" title="Your data">
        <p className="mb-3 text-14 leading-body">Everything held about you, as a JSON file: profile, organisations, what you made in them, and what you did.</p>
        <a href="/api/account/export" download className={buttonClass()}>
          <Download />
          Download
        </a>
      </Card>
      <Card id="deletion" title="Delete the account">
        <DeleteAccount email={email} organisations={organisations} />
      </Card>
    </div>
  );
}

function AccountsAway() {
  return (
    <div className="mx-auto grid max-w-[640px] gap-4">
      <PageHeader title="Account" help={<HelpButton id="accounts" />} />
      <StateMessage
        kind="error"
        title="Your account can’t be reached at the moment"
        action={
          <a href="/account" className={buttonClass("primary")}>
            Try again
          </a>
        }
      >
        You are still logged in, and nothing was lost. Help, questions over public content and the system status work meanwhile.
      </StateMessage>
    </div>
  );
}
