"use client";

import { useCallback, useEffect, useState } from "react";
import { formatDateTime } from "#lib/format-time.ts";
import { problemOf, type Problem } from "#lib/problem.ts";
import { api } from "#ui/api/client.ts";
import { Button, buttonClass } from "#ui/button.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { forgetInvitation, keepInvitation, waitingInvitation } from "#domains/accounts/components/waiting-invitation.ts";
import type { FoundInvitation } from "#domains/accounts/index.ts";

type State = { kind: "looking" } | { kind: "none" } | { kind: "found"; token: string; invitation: FoundInvitation } | { kind: "failed"; problem: Problem };

interface InvitationCardProps {
  signedIn: boolean;
}

/** What an invitation's link leads to, and the way in. */
export function InvitationCard({ signedIn }: InvitationCardProps) {
  const [state, setState] = useState<State>({ kind: "looking" });
  const [attempt, setAttempt] = useState(0);
  const again = useCallback(() => setAttempt((before) => before + 1), []);

  useEffect(() => {
    let current = true;
    const show = (next: State) => void (current && setState(next));
    // The secret stands behind #, which is sent to no server.
    const token = location.hash.slice(1) || waitingInvitation();
    const finding = token === null || token === "" ? Promise.resolve<State>({ kind: "none" }) : find(token);
    void finding.then(show, (error: unknown) => show({ kind: "failed", problem: problemOf(error) }));
    // Another link that is opened in this tab changes what stands behind #, and nothing else.
    addEventListener("hashchange", again);
    return () => {
      current = false;
      removeEventListener("hashchange", again);
    };
  }, [attempt, again]);

  if (state.kind === "looking") return <Looking />;
  if (state.kind === "none") {
    return (
      <StateMessage kind="empty" title="This link isn’t complete">
        Open the whole link that you were sent. If it came in a mail, it may have been cut at a line’s end.
      </StateMessage>
    );
  }
  if (state.kind === "failed") {
    const { problem } = state;
    const missing = problem.status === 404;
    return (
      <StateMessage
        kind="error"
        title={missing ? "There is no such invitation" : problem.title}
        requestId={problem.requestId}
        action={!missing && <Button onClick={again}>Try again</Button>}
      >
        {problem.detail}
      </StateMessage>
    );
  }
  return <Found token={state.token} invitation={state.invitation} signedIn={signedIn} />;
}

async function find(token: string): Promise<State> {
  const { data } = await api.POST("/api/invitations/find", { body: { token } });
  return data ? { kind: "found", token, invitation: data } : { kind: "none" };
}

function Looking() {
  return (
    <div className="grid gap-3 rounded border p-4" aria-busy>
      <Skeleton className="w-4/5" />
      <Skeleton className="w-3/5" />
    </div>
  );
}

const closedWords = {
  accepted: { title: "This invitation was used already", detail: "Each link admits one person. Ask for a new one if it wasn’t you." },
  expired: { title: "This invitation has expired", detail: "Ask whoever sent it for a new one." },
  revoked: { title: "This invitation was revoked", detail: "Ask an owner of the organisation whether you are still expected." },
};

function Found({ token, invitation, signedIn }: InvitationCardProps & { token: string; invitation: FoundInvitation }) {
  const { organisation, role, state, member, expiresAt } = invitation;
  if (member) {
    return (
      <StateMessage kind="empty" title={`You belong to “${organisation}” already`} action={<AcceptButton token={token} label={`Work in ${organisation}`} working="Going there" refused="You couldn’t be led there" />}>
        {state === "open" ? "The invitation isn’t used up; somebody else can still take it." : "There is nothing left to accept."}
      </StateMessage>
    );
  }
  if (state !== "open") {
    return (
      <StateMessage kind="stale" title={closedWords[state].title}>
        {closedWords[state].detail}
      </StateMessage>
    );
  }
  return (
    <div className="grid gap-4 rounded border bg-surface p-4">
      <div className="text-14 leading-body">
        <p className="text-16 font-strong break-words">You are invited to “{organisation}”</p>
        <p className="mt-1">
          {role === "owner" ? "As an owner you also manage its members, invitations and API keys." : "As a member you ask over its documents and see its members and API keys."} The link works until {formatDateTime(expiresAt)}.
        </p>
      </div>
      {signedIn ? <AcceptButton token={token} label={`Join ${organisation}`} working="Joining" refused="You haven’t joined" /> : <WaysIn token={token} />}
    </div>
  );
}

/** Joins the organisation; a member, who uses nothing up by it, is led to work in it. */
function AcceptButton({ token, label, working, refused }: { token: string; label: string; working: string; refused: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function accept() {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.POST("/api/invitations/accept", { body: { token } });
      forgetInvitation();
      location.assign("/organisation");
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  }

  return (
    <div className="grid justify-items-start gap-3">
      <Button kind="primary" aria-disabled={busy} onClick={() => !busy && void accept()} className="max-w-full">
        <span className="truncate">{busy ? working : label}</span>
      </Button>
      {problem && (
        <StateMessage kind="error" title={refused} requestId={problem.requestId}>
          {problem.detail ?? problem.title}
        </StateMessage>
      )}
    </div>
  );
}

function WaysIn({ token }: { token: string }) {
  const keep = () => keepInvitation(token);
  const next = "next=%2Finvite";
  return (
    <div className="grid gap-2">
      <p className="text-14">Log in or create an account first; you come back here then.</p>
      <div className="flex flex-wrap gap-2">
        <a href={`/signup?${next}`} onClick={keep} className={buttonClass("primary")}>
          Create an account
        </a>
        <a href={`/login?${next}`} onClick={keep} className={buttonClass()}>
          Log in
        </a>
      </div>
    </div>
  );
}
