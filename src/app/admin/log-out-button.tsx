"use client";

import { useState, type ReactNode } from "react";
import { problemOf } from "#lib/problem.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";

/** Ends the session and leads to the log-in page; says so when it couldn't be ended. */
export function LogOutButton({ icon }: { icon: ReactNode }) {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");

  async function logOut() {
    setState("busy");
    try {
      await api.POST("/api/admin/logout");
    } catch (error) {
      // A session that has ended already is what was asked for.
      if (problemOf(error).code !== "ADMIN_FORBIDDEN") return setState("failed");
    }
    location.assign("/admin/login?out");
  }

  return (
    <>
      <Button aria-disabled={state === "busy"} onClick={() => void logOut()} className="justify-center">
        {icon}
        {state === "busy" ? "Logging out" : "Log out"}
      </Button>
      {state === "failed" && (
        <p role="alert" className="text-12 text-bad">
          You are still logged in: the server didn’t answer. Try again.
        </p>
      )}
    </>
  );
}
