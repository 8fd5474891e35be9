"use client";

import { useState } from "react";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { textOf } from "#ui/form-values.ts";
import { Form, SubmitButton } from "#ui/form.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { useSubmit } from "#ui/use-submit.ts";
import { PasswordField } from "#domains/accounts/components/account-password-field.tsx";
import type { OwnOrganisation } from "#domains/accounts/index.ts";

interface DeleteAccountProps {
  email: string;
  organisations: OwnOrganisation[];
}

/** Deletes the account, after saying what goes with it and asking for the password. */
export function DeleteAccount({ email, organisations }: DeleteAccountProps) {
  const [open, setOpen] = useState(false);
  const stranded = organisations.filter(({ soleOwner, members }) => soleOwner && members > 1);
  const alone = organisations.filter(({ members }) => members === 1);
  const left = organisations.filter((organisation) => !stranded.includes(organisation) && !alone.includes(organisation));

  if (stranded.length > 0) {
    return (
      <StateMessage kind="forbidden" title={`${list(stranded)} would be left without an owner`}>
        Others belong to {stranded.length === 1 ? "it" : "them"}, and nobody else owns {stranded.length === 1 ? "it" : "them"}. Make somebody else an owner, or delete the organisation; then you can delete your account.
      </StateMessage>
    );
  }
  return (
    <div className="grid justify-items-start gap-3 text-14 leading-body">
      <p>
        Your profile and login are deleted at once and for good.
        {alone.length > 0 && ` ${list(alone)}, where you are alone, ${alone.length === 1 ? "goes" : "go"} with them: documents, answers and keys included.`}
        {left.length > 0 && ` You leave ${list(left)}; what belongs to ${left.length === 1 ? "it" : "them"} stays.`} The record of what was done keeps your user number, without your name and address.
      </p>
      <Button kind="danger" onClick={() => setOpen(true)}>
        Delete my account
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} label="Delete your account" className="floating m-auto w-[min(440px,calc(100vw-32px))] p-4">
        {open && <DeletionForm email={email} alone={alone} onCancel={() => setOpen(false)} />}
      </Dialog>
    </div>
  );
}

function DeletionForm({ email, alone, onCancel }: { email: string; alone: OwnOrganisation[]; onCancel: () => void }) {
  const submission = useSubmit(async (values) => {
    await api.DELETE("/api/account", { body: { password: textOf(values, "password") } });
    location.assign("/login?notice=deleted");
    return "leaving";
  });
  return (
    <Form submission={submission} refused="Nothing was deleted">
      <div>
        <h2 className="text-16 leading-6">Delete the account {email}?</h2>
        <p className="mt-1 text-14 leading-body">This can’t be undone.{alone.length > 0 && ` ${list(alone)} ${alone.length === 1 ? "is" : "are"} deleted with it.`}</p>
      </div>
      <PasswordField label="Password" name="password" error={submission.errorOf("password")} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton submission={submission} working="Deleting" kind="danger">
          Delete the account
        </SubmitButton>
        <Button onClick={onCancel}>Keep it</Button>
      </div>
    </Form>
  );
}

function list(organisations: OwnOrganisation[]): string {
  return new Intl.ListFormat("en-CA").format(organisations.map(({ name }) => `“${name}”`));
}
