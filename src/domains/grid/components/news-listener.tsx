"use client";

import { useEffect } from "react";
import type { FollowedStream, NewsTeller } from "./followed-stream.ts";
import { useStream } from "./use-stream.ts";

/** Follows the streams; shows nothing. */
export function NewsListener({ streams, teller }: { streams: readonly FollowedStream[]; teller: NewsTeller }) {
  const { connection, statuses } = useStream(streams.map(({ key }) => key), {
    onObservation: ({ metric }) => teller.heard([metric]),
    onReset: (stream) => teller.heard(streams.find(({ key }) => key === stream)?.metrics ?? []),
  });
  useEffect(() => {
    if (connection === "paused") return;
    // A source that is off or doesn't answer tells nothing: its cards go on asking.
    const told = Object.values(statuses).filter(({ enabled, state }) => enabled && state !== "not-answering" && state !== "sample");
    teller.connected(connection === "open" ? new Set(told.map(({ stream }) => stream)) : null);
  }, [connection, statuses, teller]);
  return null;
}
