"use client";

import { useSyncExternalStore } from "react";
import { Skeleton } from "#ui/skeleton.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { SignUpForm } from "#domains/accounts/components/account-sign-up-form.tsx";
import { waitingInvitation } from "#domains/accounts/components/waiting-invitation.ts";

/** Makes an account while sign-up is closed: for who comes from an invitation, whose secret waits in this tab. */
export function InvitedSignUp({ next }: { next: string }) {
  const invitation = useSyncExternalStore(never, waitingInvitation, () => undefined);
  if (invitation === undefined) return <Skeleton className="h-32" />;
  if (invitation !== null) return <SignUpForm next={next} invitation={invitation} />;
  return (
    <StateMessage kind="forbidden" title="No new accounts are made at the moment">
      An invitation to an organisation still leads to one: open its link.
    </StateMessage>
  );
}

const never = () => () => undefined;
