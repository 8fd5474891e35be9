import { useCallback, useEffect, useRef, useState } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";

/** What was asked for, as far as it has come. What came for an earlier question stays until the next answer is there. */
export interface Fetched<Answer> {
  answer: Answer | null;
  /** True while the answer shown is none yet, or that of an earlier question. */
  loading: boolean;
  /** Why the last attempt failed. */
  problem: Problem | null;
  retry: () => void;
}

interface FetchOptions<Answer> {
  /** Names the question: another one aborts what is under way. Null asks nothing. */
  key: string | null;
  load: (signal: AbortSignal) => Promise<Answer>;
  /** Asks again so often while the page is visible; never unless given. */
  refreshMs?: number | undefined;
}

/** Asks the server from within a page: once for each question, and quietly again in the background. */
export function useFetched<Answer>({ key, load, refreshMs }: FetchOptions<Answer>): Fetched<Answer> {
  const [state, setState] = useState<{ key: string | null; answer: Answer | null; problem: Problem | null }>({ key: null, answer: null, problem: null });
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });

  useEffect(() => {
    if (key === null) return;
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const next = () => {
      if (refreshMs !== undefined && !control.signal.aborted) timer = setTimeout(ask, refreshMs);
    };
    const ask = () => {
      // A page in the background asks again when it is looked at.
      if (document.hidden && refreshMs !== undefined && timer !== undefined) {
        document.addEventListener("visibilitychange", ask, { once: true, signal: control.signal });
        return;
      }
      latest.current(control.signal).then(
        (answer) => {
          if (!control.signal.aborted) setState({ key, answer, problem: null });
          next();
        },
        (error: unknown) => {
          if (!control.signal.aborted) setState((before) => ({ key, answer: before.key === key ? before.answer : null, problem: problemOf(error) }));
          next();
        },
      );
    };
    ask();
    return () => {
      control.abort();
      clearTimeout(timer);
    };
  }, [key, refreshMs, attempt]);

  const retry = useCallback(() => {
    setState((before) => ({ ...before, problem: null, key: null }));
    setAttempt((before) => before + 1);
  }, []);
  return { answer: state.answer, problem: state.key === key ? state.problem : null, loading: key !== null && state.key !== key, retry };
}
