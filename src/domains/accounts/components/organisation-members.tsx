"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useState, useTransition } from "react";
import { formatDate } from "#lib/format-time.ts";
import { problemOf, type Problem } from "#lib/problem.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { Select } from "#ui/select.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { ConfirmButton } from "#domains/accounts/components/organisation-confirm-button.tsx";
import type { OrganisationMember } from "#domains/accounts/index.ts";

type Role = OrganisationMember["role"];
interface Changed {
  member: OrganisationMember;
  before: Role;
}

interface MemberListProps {
  members: OrganisationMember[];
  /** The organisation's name. */
  organisation: string;
  /** Whether the reader may change it. */
  owner: boolean;
}

/** Who belongs to the organisation. Roles change at once and can be changed back; removal asks first. */
export function MemberList({ members, organisation, owner }: MemberListProps) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [shown, showRole] = useOptimistic(members, (all, { userId, role }: Pick<OrganisationMember, "userId" | "role">) =>
    all.map((member) => (member.userId === userId ? { ...member, role } : member)));
  const [changed, setChanged] = useState<Changed>();
  const [problem, setProblem] = useState<Problem>();
  const [steppingDown, setSteppingDown] = useState<OrganisationMember>();

  function choose(member: OrganisationMember, role: Role) {
    // Who isn't an owner any more can't take it back.
    if (member.you && role === "member") setSteppingDown(member);
    else change(member, role);
  }

  function change(member: OrganisationMember, role: Role) {
    startTransition(async () => {
      showRole({ userId: member.userId, role });
      setProblem(undefined);
      setChanged(undefined);
      try {
        await api.PATCH("/api/organisation/members/{userId}", { params: { path: { userId: member.userId } }, body: { role } });
        if (!member.you) setChanged({ member: { ...member, role }, before: member.role });
      } catch (error) {
        setProblem(problemOf(error));
      }
      router.refresh();
    });
  }

  const remove = (userId: string) => api.DELETE("/api/organisation/members/{userId}", { params: { path: { userId } } });

  return (
    <div className="grid gap-3">
      <DataTable
        caption={`Members of ${organisation}`}
        rows={shown}
        keyOf={({ userId }) => userId}
        columns={[
          {
            label: "Member",
            cell: (member) => (
              <span className="grid min-w-0 font-regular">
                <span className="break-words">
                  {nameOf(member)}
                  {member.you && <span className="text-muted"> (you)</span>}
                </span>
                {member.name && member.email && <span className="text-13 break-all text-muted">{member.email}</span>}
              </span>
            ),
          },
          {
            label: "Role",
            cell: (member) =>
              owner ? (
                <Select aria-label={`Role of ${nameOf(member)}`} value={member.role} onChange={(event) => choose(member, event.currentTarget.value === "owner" ? "owner" : "member")} className="min-w-28">
                  <option value="owner">Owner</option>
                  <option value="member">Member</option>
                </Select>
              ) : (
                roleWord(member.role)
              ),
          },
          { label: "Joined", cell: ({ joinedAt }) => formatDate(joinedAt) },
          {
            label: "",
            align: "right",
            cell: (member) =>
              member.you ? (
                <ConfirmButton label="Leave" title={`Leave “${organisation}”?`} confirm="Leave" act={() => remove(member.userId)} leadsTo="/organisation">
                  You lose access at once. Coming back takes a new invitation.
                </ConfirmButton>
              ) : (
                owner && (
                  <ConfirmButton label="Remove" accessibleLabel={`Remove ${nameOf(member)}`} title={`Remove ${nameOf(member)}?`} confirm="Remove" act={() => remove(member.userId)}>
                    They lose access to “{organisation}” at once. What they made in it stays, API keys included.
                  </ConfirmButton>
                )
              ),
          },
        ]}
      />
      <div role="status" className="text-14">
        {changed && (
          <p className="flex flex-wrap items-center gap-2">
            {nameOf(changed.member)} is {changed.member.role === "owner" ? "an owner" : "a member"} now.
            <Button onClick={() => change(changed.member, changed.before)}>Undo</Button>
          </p>
        )}
      </div>
      <ConfirmDialog
        open={steppingDown !== undefined}
        title={`Stop being an owner of “${organisation}”?`}
        confirm="Become a member"
        onConfirm={() => {
          if (steppingDown) change(steppingDown, "member");
          setSteppingDown(undefined);
        }}
        onClose={() => setSteppingDown(undefined)}
      >
        You stay a member. Only another owner can make you an owner again.
      </ConfirmDialog>
      {problem && (
        <StateMessage kind="error" title={problem.title} requestId={problem.requestId}>
          {problem.detail}
        </StateMessage>
      )}
    </div>
  );
}

function nameOf({ name, email, userId }: OrganisationMember): string {
  return name || email || `User ${userId.slice(0, 8)}`;
}

export function roleWord(role: Role): string {
  return role === "owner" ? "Owner" : "Member";
}
