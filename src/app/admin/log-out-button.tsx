"use client";

import { useState, type ReactNode } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";

/** Ends the session and leads to the log-in page; says so when it couldn't be ended. */
export function LogOutButton({ icon }: { icon: ReactNode }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function logOut() {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.POST("/api/admin/logout");
    } catch (error) {
      // A session that has ended already is what was asked for.
      const refused = problemOf(error);
      if (refused.code !== "ADMIN_FORBIDDEN") {
        setProblem(refused);
        return setBusy(false);
      }
    }
    location.assign("/admin/login?out");
  }

  return (
    <>
      <Button aria-disabled={busy} onClick={() => !busy && void logOut()} className="justify-center">
        {icon}
        {busy ? "Logging out" : "Log out"}
      </Button>
      {problem && (
        <p role="alert" className="text-12 text-bad">
          You are still logged in. {problem.detail ?? problem.title}
        </p>
      )}
    </>
  );
}
