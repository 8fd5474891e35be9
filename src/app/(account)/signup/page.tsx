import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { safePath } from "#lib/safe-path.ts";
import { SignUpForm } from "#domains/accounts/components/account-sign-up-form.tsx";
import { InvitedSignUp } from "#domains/accounts/components/invited-sign-up.tsx";
import { isSignUpOpen } from "#domains/accounts/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { addressOf } from "#platform/http/client-address.ts";
import { Entrance, queryOf, type PageQuery } from "#app/(account)/entrance.tsx";
import { getViewer } from "#app/viewer.ts";

export const metadata: Metadata = { title: "Create an account", robots: { index: false } };

export default async function SignUpPage({ searchParams }: { searchParams: PageQuery }) {
  const [{ principal }, query, requestHeaders] = await Promise.all([getViewer(), queryOf(searchParams), headers()]);
  const next = safePath(query("next"));
  if (principal.kind !== "anonymous") redirect(next);
  const open = await isSignUpOpen(addressOf(requestHeaders));
  const onward = next === "/" ? "" : `?${new URLSearchParams({ next }).toString()}`;
  return (
    <Entrance title="Create an account" help={<HelpButton id="accounts" />}>
      {open ? (
        <>
          <p className="text-14 leading-body text-muted">
            Grid data, help and answers from public sources need no account. With one you work with others in an organisation.
          </p>
          <SignUpForm next={next} invitation={undefined} />
        </>
      ) : (
        <InvitedSignUp next={next} />
      )}
      <p className="text-14 text-muted">
        Have an account? <Link href={`/login${onward}`}>Log in</Link>
      </p>
    </Entrance>
  );
}
