"use client";

import Link from "next/link";
import { useState, useSyncExternalStore } from "react";
import { api } from "#ui/api/client.ts";
import { buttonClass } from "#ui/button.tsx";
import { textOf } from "#ui/form-values.ts";
import { Form, SubmitButton } from "#ui/form.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { useSubmit } from "#ui/use-submit.ts";
import { mailLink, type MailLink } from "#domains/accounts/components/account-mail-link.ts";
import { PasswordField } from "#domains/accounts/components/account-password-field.tsx";

const says: Record<Exclude<MailLink["type"], "recovery">, { text: string; action: string; working: string }> = {
  signup: { text: "Confirm that this address is yours. You are logged in then.", action: "Confirm the address", working: "Confirming" },
  email_change: { text: "Confirm that your account moves to this address.", action: "Move the account", working: "Moving" },
  magiclink: { text: "Log in with the link of the mail.", action: "Log in", working: "Logging in" },
};

/**
 * Does what the link of a mail is for, when it is asked to: programs that open links in mails, to look for harm, change
 * nothing. The secret stands in the fragment, which the browser sends nowhere.
 */
export function ConfirmLink() {
  const fragment = useSyncExternalStore(onFragment, () => location.hash, () => null);
  if (fragment === null) return <Skeleton className="h-32" />;
  const link = mailLink(fragment);
  return link ? <KnownLink key={link.tokenHash} link={link} /> : <BrokenLink />;
}

function KnownLink({ link }: { link: MailLink }) {
  const [otherMail, setOtherMail] = useState(false);
  const submission = useSubmit(async (values) => {
    const password = textOf(values, "password");
    const { data } = await api.POST("/api/auth/confirm", { body: { ...link, ...(link.type === "recovery" ? { password } : {}) } });
    if (data?.state === "other-mail") return void setOtherMail(true);
    // Without the fragment in the history.
    location.replace(link.type === "recovery" ? "/account?notice=password" : link.type === "email_change" ? "/account?notice=email" : "/account");
    return "leaving";
  });
  if (otherMail) {
    return (
      <p role="status" className="rounded border bg-sunken p-4 text-14 leading-body">
        Confirmed. Now open the link in the mail to the other address; the account moves then.
      </p>
    );
  }
  const gone = submission.problem?.code === "INVALID_REQUEST";
  return (
    <Form submission={submission} refused={link.type === "recovery" ? "No password was set" : "Nothing was confirmed"}>
      {link.type === "recovery" ? (
        <>
          <PasswordField label="New password" name="password" isNew error={submission.errorOf("password")} />
          <p className="text-13 text-muted">All other sessions of your account end.</p>
        </>
      ) : (
        <p className="text-14 leading-body">{says[link.type].text}</p>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton submission={submission} working={link.type === "recovery" ? "Setting it" : says[link.type].working}>
          {link.type === "recovery" ? "Set the password" : says[link.type].action}
        </SubmitButton>
        {gone && (
          <Link href={link.type === "recovery" ? "/reset-password" : "/login"} className={buttonClass()}>
            {link.type === "recovery" ? "Ask for a new link" : "Go to log-in"}
          </Link>
        )}
      </div>
    </Form>
  );
}

function BrokenLink() {
  return (
    <StateMessage
      kind="empty"
      title="This isn’t the whole link of a mail"
      action={
        <Link href="/reset-password" className={buttonClass()}>
          Ask for a new link
        </Link>
      }
    >
      Open the link in the mail itself, or copy all of it: some programs break long links in two.
    </StateMessage>
  );
}

function onFragment(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}
