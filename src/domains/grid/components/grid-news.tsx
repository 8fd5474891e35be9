"use client";

import { createContext, lazy, Suspense, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { Metric } from "#domains/grid/schema.ts";
import { StateDot } from "#ui/state-dot.tsx";
import { useNow } from "#ui/use-now.ts";
import type { FollowedStream } from "./followed-stream.ts";

interface News {
  /** How often something new was told of each metric. */
  counts: Readonly<Partial<Record<Metric, number>>>;
  /** Metrics whose news come at this moment. */
  live: ReadonlySet<Metric>;
  /** The connection has been there, and is being made again. */
  broken: boolean;
}

const none: News = { counts: {}, live: new Set(), broken: false };
const NewsContext = createContext<News>(none);
/** What comes within this time of the first is one piece of news: a document brings many values. */
const gatheredMs = 1_000;

const Silence = () => null;
// It isn't needed to show a page, and where it can't be loaded the cards ask now and then.
const NewsListener = lazy(() => import("./news-listener.tsx").then(({ NewsListener: found }) => ({ default: found }), () => ({ default: Silence })));

/** Follows streams over one connection for all cards inside, which ask anew when there is something new. */
export function GridNews({ streams, children }: { streams: readonly FollowedStream[]; children: ReactNode }) {
  const [news, setNews] = useState(none);
  const waiting = useRef<{ metrics: Set<Metric>; timer: ReturnType<typeof setTimeout> | undefined }>({ metrics: new Set(), timer: undefined });
  const alive = useNow() !== null;

  const connected = useCallback((told: ReadonlySet<string> | null) => {
    const live = new Set(told === null ? [] : streams.filter(({ key }) => told.has(key)).flatMap(({ metrics }) => metrics));
    setNews((before) => ({ ...before, live, broken: told === null && (before.broken || before.live.size > 0) }));
  }, [streams]);
  const heard = useCallback((metrics: readonly Metric[]) => {
    const own = waiting.current;
    for (const metric of metrics) own.metrics.add(metric);
    own.timer ??= setTimeout(() => {
      const told = [...own.metrics];
      own.metrics.clear();
      own.timer = undefined;
      setNews((before) => ({ ...before, counts: { ...before.counts, ...Object.fromEntries(told.map((metric) => [metric, (before.counts[metric] ?? 0) + 1])) } }));
    }, gatheredMs);
  }, []);
  useEffect(() => {
    const own = waiting.current;
    return () => {
      clearTimeout(own.timer);
      own.timer = undefined;
    };
  }, []);
  const teller = useMemo(() => ({ connected, heard }), [connected, heard]);

  return (
    <NewsContext value={news}>
      {children}
      {alive && (
        <Suspense>
          <NewsListener streams={streams} teller={teller} />
        </Suspense>
      )}
    </NewsContext>
  );
}

/** How often something new was told of these metrics, and whether the first one's news come at this moment. */
export function useNews(metrics: readonly Metric[]): { told: number; isLive: boolean } {
  const { counts, live } = use(NewsContext);
  const [first] = metrics;
  return { told: [...new Set(metrics)].reduce((sum, metric) => sum + (counts[metric] ?? 0), 0), isLive: first !== undefined && live.has(first) };
}

/** Says whether the page goes on by itself; nothing where no source that it stands on is followed. */
export function LiveMark() {
  const { live, broken } = use(NewsContext);
  return (
    <span role="status" className="live-mark">
      {live.size > 0 && (
        <>
          <StateDot state="ok" /> Live
        </>
      )}
      {broken && (
        <>
          <StateDot state="degraded" /> Connecting again; values come every two minutes
        </>
      )}
    </span>
  );
}
