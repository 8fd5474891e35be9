"use client";

import { useRef, useState, type SubmitEvent } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/input.tsx";
import { StateMessage } from "#ui/state-message.tsx";

/** E-mail and password; leads on once they hold. */
export function LoginForm({ destination }: { destination: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const password = useRef<HTMLInputElement>(null);

  async function logIn(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const values = new FormData(event.currentTarget);
    const text = (name: string) => [values.get(name)].filter((value) => typeof value === "string").join("");
    setBusy(true);
    setProblem(undefined);
    try {
      await api.POST("/api/admin/login", { body: { email: text("email"), password: text("password") } });
      location.assign(destination);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
      password.current?.select();
    }
  }

  return (
    // Were it sent without script, GET would put the password into the address.
    <form method="post" className="grid gap-4" onSubmit={(event) => void logIn(event)}>
      <label className="grid gap-1 text-13 font-strong">
        E-mail
        <Input name="email" type="email" autoComplete="username" required maxLength={320} className="font-regular" />
      </label>
      <label className="grid gap-1 text-13 font-strong">
        Password
        <Input ref={password} name="password" type="password" autoComplete="current-password" required maxLength={200} className="font-regular" />
      </label>
      {problem && (
        <StateMessage kind="error" title="You weren’t logged in" requestId={problem.status >= 500 ? problem.requestId : undefined}>
          {problem.detail ?? problem.title}
        </StateMessage>
      )}
      <Button type="submit" kind="primary" aria-disabled={busy} className="justify-center">
        {busy ? "Logging in" : "Log in"}
      </Button>
    </form>
  );
}
