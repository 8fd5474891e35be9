"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";

interface Action {
  busy: boolean;
  /** Why it wasn't done the last time. */
  problem: Problem | undefined;
  /** Does it, once at a time, then shows the page anew; answers whether it was done. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
  forget: () => void;
  /** After a conflict: shows the page as it is now, and keeps what is typed into it. */
  reread: () => void;
}

/** Something that a press does on the server. */
export function useAction(): Action {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const running = useRef(false);

  async function run(work: () => Promise<unknown>): Promise<boolean> {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      router.refresh();
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  const forget = () => setProblem(undefined);
  const reread = () => {
    forget();
    router.refresh();
  };
  return { busy, problem, run, forget, reread };
}
