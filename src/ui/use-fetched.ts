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
  /** Asks again whenever this is another number: something new is there. */
  news?: number;
}

/** Asks the server from within a page: once for each question, and quietly again in the background. */
export function useFetched<Answer>({ key, load, refreshMs, news = 0 }: FetchOptions<Answer>): Fetched<Answer> {
  const [state, setState] = useState<{ key: string | null; answer: Answer | null; problem: Problem | null }>({ key: null, answer: null, problem: null });
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(load);
  const every = useRef(refreshMs);
  const askAgain = useRef<(() => void) | null>(null);
  const heard = useRef(news);
  useEffect(() => {
    latest.current = load;
    every.current = refreshMs;
  });
  const repeats = refreshMs !== undefined;

  useEffect(() => {
    if (key === null) return;
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asked = 0;
    const next = () => {
      if (repeats && !control.signal.aborted) timer = setTimeout(ask, every.current);
    };
    const ask = () => {
      // A page in the background asks again when it is looked at.
      if (document.hidden && repeats && timer !== undefined) {
        document.addEventListener("visibilitychange", ask, { once: true, signal: control.signal });
        return;
      }
      const turn = (asked += 1);
      // An answer that a newer question has overtaken says nothing any more.
      const isLast = () => turn === asked && !control.signal.aborted;
      latest.current(control.signal).then(
        (answer) => {
          if (!isLast()) return;
          setState({ key, answer, problem: null });
          next();
        },
        (error: unknown) => {
          if (!isLast()) return;
          setState((before) => ({ key, answer: before.key === key ? before.answer : null, problem: problemOf(error) }));
          next();
        },
      );
    };
    ask();
    askAgain.current = () => {
      clearTimeout(timer);
      ask();
    };
    return () => {
      askAgain.current = null;
      control.abort();
      clearTimeout(timer);
    };
  }, [key, repeats, attempt]);

  useEffect(() => {
    if (heard.current === news) return;
    heard.current = news;
    askAgain.current?.();
  }, [news]);

  const retry = useCallback(() => {
    setState((before) => ({ ...before, problem: null, key: null }));
    setAttempt((before) => before + 1);
  }, []);
  return { answer: state.answer, problem: state.key === key ? state.problem : null, loading: key !== null && state.key !== key, retry };
}
