"use client";

import { useState } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";
import { api } from "#ui/api/client.ts";
import { badgeClass } from "#ui/badge.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { TextField } from "#ui/field.tsx";
import { textOf } from "#ui/form-values.ts";
import { Form, SubmitButton } from "#ui/form.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { useSubmit } from "#ui/use-submit.ts";
import { SavedNameForm } from "#domains/accounts/components/saved-name-form.tsx";
import type { JoinedOrganisation } from "#domains/accounts/index.ts";

/** Makes an organisation, which is the one its maker works in from then on. */
export function CreateOrganisation({ first = false }: { first?: boolean }) {
  const submission = useSubmit(async (values) => {
    await api.POST("/api/organisations", { body: { name: textOf(values, "name").trim() } });
    location.assign("/organisation");
    return "leaving";
  });
  return (
    <Form submission={submission} refused="No organisation was made">
      <TextField label={first ? "Name" : "Name of the new organisation"} name="name" autoComplete="organization" required maxLength={100} error={submission.errorOf("name")} />
      <div>
        <SubmitButton submission={submission} working="Creating" kind={first ? "primary" : "default"}>
          Create an organisation
        </SubmitButton>
      </div>
    </Form>
  );
}

export function RenameOrganisation({ name }: { name: string }) {
  return <SavedNameForm name={name} autoComplete="off" required save={(next) => api.PATCH("/api/organisation", { body: { name: next } })} />;
}

/** The organisations one belongs to, and the way from one to another. */
export function OrganisationSwitcher({ organisations }: { organisations: JoinedOrganisation[] }) {
  const [going, setGoing] = useState<string>();
  const [problem, setProblem] = useState<Problem>();

  async function choose(id: string) {
    setGoing(id);
    setProblem(undefined);
    try {
      await api.POST("/api/organisations/active", { body: { id } });
      location.assign("/organisation");
    } catch (error) {
      setProblem(problemOf(error));
      setGoing(undefined);
    }
  }

  return (
    <>
      <ul className="rows text-14">
        {organisations.map(({ id, name, role, active }) => (
          <li key={id} className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1">
            <span className="min-w-0 flex-1 break-words">{name}</span>
            <span className="text-13 text-muted">{role === "owner" ? "Owner" : "Member"}</span>
            {active ? (
              <span className={badgeClass}>you work here</span>
            ) : (
              <Button aria-disabled={going !== undefined} onClick={() => going === undefined && void choose(id)} aria-label={`Work in ${name}`}>
                {going === id ? "Going there" : "Work here"}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {problem && (
        <StateMessage kind="error" title={problem.title} requestId={problem.requestId}>
          {problem.detail}
        </StateMessage>
      )}
    </>
  );
}

/** Deletes the organisation, after its name was typed. */
export function DeleteOrganisation({ name, members }: { name: string; members: number }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="grid justify-items-start gap-3 text-14 leading-body">
      <p>
        Documents, answers, invitations and API keys are deleted at once and for good; {members === 1 ? "you lose" : `all ${members} members lose`} access. Download the data first if anybody will miss it.
      </p>
      <Button onClick={() => setOpen(true)} className="border-bad! text-bad!">
        Delete the organisation
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} label={`Delete ${name}`} className="floating m-auto w-[min(440px,calc(100vw-32px))] p-4">
        {open && <DeletionForm name={name} onCancel={() => setOpen(false)} />}
      </Dialog>
    </div>
  );
}

function DeletionForm({ name, onCancel }: { name: string; onCancel: () => void }) {
  const submission = useSubmit(async (values) => {
    await api.DELETE("/api/organisation", { body: { name: textOf(values, "name") } });
    location.assign("/organisation");
    return "leaving";
  });
  return (
    <Form submission={submission} refused="Nothing was deleted">
      <div>
        <h2 className="text-16 leading-6 break-words">Delete “{name}” with all its data?</h2>
        <p className="mt-1 text-14 leading-body">This can’t be undone.</p>
      </div>
      <TextField label={`Type the name: ${name}`} name="name" autoComplete="off" required error={submission.errorOf("name")} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton submission={submission} working="Deleting" kind="default" className="border-bad! text-bad!">
          Delete everything
        </SubmitButton>
        <Button onClick={onCancel}>Keep it</Button>
      </div>
    </Form>
  );
}
