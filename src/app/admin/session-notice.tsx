"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, type ReactNode } from "react";
import { formatClock } from "#lib/format-time.ts";
import { pageHref } from "#lib/page-href.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { StateMessage } from "#ui/state-message.tsx";

interface SessionNoticeProps {
  /** When the session ends however much it is used. */
  expiresAt: string;
  idleMinutes: number;
}

const minuteMs = 60_000;
/** How long before its end the session's reader is told. */
const noticeMs = 5 * minuteMs;
const checkMs = 10_000;

/**
 * Tells, shortly before, that the session will end, and offers to stay. What was typed outlives it: once somebody has
 * logged in again in another tab, the page goes on with the new session's token.
 */
export function SessionNotice({ expiresAt, idleMinutes }: SessionNoticeProps) {
  const router = useRouter();
  const [now, setNow] = useState<number>();
  const [lastUse, setLastUse] = useState(() => Date.now());

  useEffect(() => {
    // The server counts requests as use: those of this page are seen here, without another one.
    const observer = new PerformanceObserver((list) => {
      const used = list.getEntriesByType("resource").some((entry) => /^\/(api\/)?admin\b/.test(new URL(entry.name).pathname) && !wasRefused(entry));
      if (used) setLastUse(Date.now());
    });
    observer.observe({ type: "resource" });
    const timer = setInterval(() => setNow(Date.now()), checkMs);
    return () => {
      observer.disconnect();
      clearInterval(timer);
    };
  }, []);

  if (now === undefined) return null;
  const end = Date.parse(expiresAt);
  const idleEnd = lastUse + idleMinutes * minuteMs;
  const goOn = () =>
    api.GET("/api/admin/session").then(
      () => {
        setLastUse(Date.now());
        router.refresh();
      },
      () => setLastUse(0),
    );
  if (now >= Math.min(end, idleEnd)) {
    return (
      <Notice kind="error" title="Your session has ended">
        What you wrote on this page is still here. Log in in a new tab, then go on here.
        <Actions>
          <Button kind="primary" onClick={() => window.open(pageHref("/admin/login", { next: location.pathname + location.search }), "_blank", "noopener")}>
            Log in in a new tab
          </Button>
          <Button onClick={() => void goOn()}>Go on</Button>
        </Actions>
      </Notice>
    );
  }
  if (end - now < noticeMs) {
    return (
      <Notice kind="stale" title={`Your session ends at ${formatClock(new Date(end))}`}>
        It has lasted eight hours and can’t be made longer. Save what you are working on, then log out and in again.
      </Notice>
    );
  }
  if (idleEnd - now >= noticeMs) return null;
  return (
    <Notice kind="stale" title={`Without use, your session ends at ${formatClock(new Date(idleEnd))}`}>
      <Actions>
        <Button kind="primary" onClick={() => void goOn()}>
          Stay logged in
        </Button>
      </Actions>
    </Notice>
  );
}

/** A request that a session which has ended was refused is no use of it. */
function wasRefused(entry: PerformanceEntry): boolean {
  return entry instanceof PerformanceResourceTiming && entry.responseStatus >= 400;
}

function Notice({ kind, title, children }: { kind: "error" | "stale"; title: string; children: ReactNode }) {
  return (
    <div role="status" className="fixed right-4 bottom-4 left-4 z-20 ml-auto max-w-[440px] rounded bg-raised shadow-float">
      <StateMessage kind={kind} title={title}>
        {children}
      </StateMessage>
    </div>
  );
}

function Actions({ children }: { children: ReactNode }) {
  return <div className="mt-2 flex flex-wrap gap-2">{children}</div>;
}
