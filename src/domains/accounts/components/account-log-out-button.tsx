"use client";

import { useState, type ReactNode } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";
import { api } from "#ui/api/client.ts";
import { IconButton } from "#ui/icon-button.tsx";

/** Ends this session, and leads to a page that says so. */
export function LogOutButton({ icon }: { icon: ReactNode }) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function logOut() {
    setPending(true);
    setProblem(undefined);
    try {
      await api.POST("/api/auth/log-out");
      location.assign("/login?notice=logged-out");
    } catch (error) {
      setProblem(problemOf(error));
      setPending(false);
    }
  }

  return (
    <>
      <IconButton label={pending ? "Logging out" : "Log out"} aria-disabled={pending || undefined} onClick={() => void (pending || logOut())}>
        {icon}
      </IconButton>
      {problem && (
        <p role="alert" className="w-full px-2 text-13 text-bad">
          You are still logged in. {problem.detail ?? problem.title}
        </p>
      )}
    </>
  );
}
