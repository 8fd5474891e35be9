"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { StateMessage } from "#ui/state-message.tsx";

interface StatusPollProps {
  /** When what the page shows was read, in words: "16:35 EST". */
  shown: string;
  /** How often there is a look for something new; only while the page is seen. */
  everyMs?: number;
}

/** Failures in a row after which the page says that it has fallen behind. */
const failuresUnsaid = 1;

/** Renews the page's numbers while it is seen, and says so when they can't be. */
export function StatusPoll({ shown, everyMs = 60_000 }: StatusPollProps) {
  const router = useRouter();
  const [failures, setFailures] = useState(0);
  const refresh = useEffectEvent(() => router.refresh());

  useEffect(() => {
    let version: string | null = null;
    let lookedAt = performance.now();
    const leaving = new AbortController();

    async function look() {
      lookedAt = performance.now();
      try {
        const response = await fetch("/api/grid/status", {
          headers: version === null ? {} : { "If-None-Match": version }, cache: "no-store", signal: leaving.signal,
        });
        if (response.status !== 304 && !response.ok) throw new Error(`Status ${response.status}`);
        version = response.headers.get("ETag") ?? version;
        setFailures(0);
        if (response.status !== 304) refresh();
      } catch {
        if (!leaving.signal.aborted) setFailures((count) => count + 1);
      }
    }
    const isDue = () => document.visibilityState === "visible" && performance.now() - lookedAt >= everyMs;
    const lookIfDue = () => {
      if (isDue()) void look();
    };
    const timer = setInterval(lookIfDue, Math.max(50, everyMs / 12));
    document.addEventListener("visibilitychange", lookIfDue);
    return () => {
      leaving.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", lookIfDue);
    };
  }, [everyMs]);

  return (
    <div role="status">
      {failures > failuresUnsaid && (
        <div className="mb-4">
          <StateMessage kind="stale" title="Newer numbers can’t be fetched">
            What is shown was read at {shown}. Tieline tries again every minute.
          </StateMessage>
        </div>
      )}
    </div>
  );
}
