"use client";

import { useState } from "react";
import { api } from "#ui/api/client.ts";
import { Form, SubmitButton } from "#ui/form.tsx";
import { useSubmit } from "#ui/use-submit.ts";

/** Ends every session but this one. */
export function EndOtherSessions() {
  const [ended, setEnded] = useState(false);
  const submission = useSubmit(async () => {
    setEnded(false);
    await api.POST("/api/auth/log-out", { body: { sessions: "others" } });
    return void setEnded(true);
  });
  return (
    <Form submission={submission} refused="The other sessions weren’t ended">
      <p className="text-14 leading-body">If you left yourself logged in elsewhere, or don’t know who else is, end all sessions but this one.</p>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton submission={submission} working="Ending them" kind="default">
          Log out everywhere else
        </SubmitButton>
        <span role="status" className="text-13 text-muted">
          {ended && "Only this session is left"}
        </span>
      </div>
    </Form>
  );
}
