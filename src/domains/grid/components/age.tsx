"use client";

import { useEffect, useState } from "react";
import { formatAge } from "#lib/format-time.ts";

/**
 * "3 min ago", counted on from what the server said: the reader's own clock may be wrong.
 */
export function Age({ time, now }: { time: string; now: string }) {
  const [passed, setPassed] = useState({ since: now, ms: 0 });
  useEffect(() => {
    const began = performance.now();
    const timer = setInterval(() => setPassed({ since: now, ms: performance.now() - began }), 15_000);
    return () => clearInterval(timer);
  }, [now]);
  return formatAge(time, new Date(Date.parse(now) + (passed.since === now ? passed.ms : 0)));
}
