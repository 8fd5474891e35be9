"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { streamEvents, StreamObservation, StreamStatus } from "#domains/grid/streams/stream-schema.ts";

/** Whether what is new comes at the moment: not while the tab is hidden, nor while the connection is being made again. */
export type StreamConnection = "connecting" | "open" | "paused";

export interface StreamListener {
  /** An interval that is new, or revised. */
  onObservation: (observation: StreamObservation) => void;
  /** Some of what happened can't be told any more: read the stream's data anew. */
  onReset?: (stream: string) => void;
}

const eventNames = ["observation", "status", "reset"] as const satisfies (keyof typeof streamEvents)[];

const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

// The server has checked what it sends against its schemas, whose code would be a sixth of what the page loads: what tells the kinds apart is looked for here.
function isOfStream(data: unknown): data is { stream: string } {
  return typeof data === "object" && data !== null && "stream" in data && typeof data.stream === "string";
}

function isStatus(data: unknown): data is StreamStatus {
  return isOfStream(data) && "state" in data && typeof data.state === "string" && "enabled" in data && typeof data.enabled === "boolean";
}

function isObservation(data: unknown): data is StreamObservation {
  return isOfStream(data) && "metric" in data && typeof data.metric === "string" && "start" in data && typeof data.start === "string" && "value" in data;
}

/**
 * Follows streams over one connection while the component is there and its tab is shown; goes on where it was after a
 * break, so that nothing is missed and nothing comes twice. Answers how the connection and each stream's source do.
 */
export function useStream(keys: readonly string[], { onObservation, onReset }: StreamListener): { connection: StreamConnection; statuses: Record<string, StreamStatus> } {
  const [connection, setConnection] = useState<StreamConnection>("connecting");
  const [statuses, setStatuses] = useState<Record<string, StreamStatus>>({});
  const observed = useEffectEvent(onObservation);
  const reset = useEffectEvent((stream: string) => onReset?.(stream));
  const path = keys.length === 0 ? null : `/api/streams/${keys.map(encodeURIComponent).join(",")}`;

  useEffect(() => {
    if (path === null) return;
    let source: EventSource | null = null;
    let again: ReturnType<typeof setTimeout> | undefined;
    let pauseMs = firstPauseMs;
    let lastEventId = "";

    const hear = (event: MessageEvent<string>) => {
      lastEventId = event.lastEventId;
      const data: unknown = JSON.parse(event.data);
      if (event.type === "observation" && isObservation(data)) observed(data);
      if (event.type === "reset" && isOfStream(data)) reset(data.stream);
      if (event.type === "status" && isStatus(data)) setStatuses((before) => ({ ...before, [data.stream]: data }));
    };
    const close = () => {
      clearTimeout(again);
      source?.close();
      source = null;
    };
    const open = () => {
      close();
      setConnection("connecting");
      const opened = new EventSource(lastEventId === "" ? path : `${path}?last_event_id=${lastEventId}`);
      source = opened;
      for (const name of eventNames) opened.addEventListener(name, hear);
      opened.addEventListener("open", () => {
        pauseMs = firstPauseMs;
        setConnection("open");
      });
      opened.addEventListener("error", () => {
        if (source !== opened) return;
        setConnection("connecting");
        // The browser comes back by itself with the id it began with, or not at all after a refusal: this one knows the newest.
        close();
        again = setTimeout(open, pauseMs / 2 + (Math.random() * pauseMs) / 2);
        pauseMs = Math.min(longestPauseMs, pauseMs * 2);
      });
    };
    const look = () => {
      if (document.hidden) {
        close();
        setConnection("paused");
      } else if (source === null) open();
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      close();
    };
  }, [path]);

  return { connection, statuses };
}
