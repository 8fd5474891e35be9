import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { safePath } from "#lib/safe-path.ts";
import { StateMessage } from "#ui/state-message.tsx";
import { LogInForm } from "#domains/accounts/components/account-log-in-form.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { Entrance, queryOf, type PageQuery } from "#app/(account)/entrance.tsx";
import { getViewer } from "#app/viewer.ts";

export const metadata: Metadata = { title: "Log in", robots: { index: false } };

const notices = new Map([
  ["logged-out", "You are logged out."],
  ["deleted", "Your account is deleted."],
]);

export default async function LogInPage({ searchParams }: { searchParams: PageQuery }) {
  const [{ principal, accountsAway }, query] = await Promise.all([getViewer(), queryOf(searchParams)]);
  const next = safePath(query("next"));
  if (principal.kind !== "anonymous") redirect(next);
  const notice = notices.get(query("notice") ?? "");
  const onward = next === "/" ? "" : `?${new URLSearchParams({ next }).toString()}`;
  return (
    <Entrance title="Log in" help={<HelpButton id="sign-in-and-sessions" />}>
      {notice && (
        <p role="status" className="text-14 text-muted">
          {notice}
        </p>
      )}
      {accountsAway && (
        <StateMessage kind="partial" title="Accounts can’t be reached at the moment">
          Help, questions over public content and the system status work without one. Nothing of yours was lost.
        </StateMessage>
      )}
      <LogInForm next={next} />
      <p className="text-14 text-muted">
        No account yet? <Link href={`/signup${onward}`}>Create one</Link>
      </p>
    </Entrance>
  );
}
