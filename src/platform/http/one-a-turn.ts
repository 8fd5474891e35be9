/**
 * Runs work at once when the event loop's turn is free, and otherwise one piece a turn, in the order it came. Of a burst of
 * requests that arrives in one turn, timers and the answers of others come between each two, so nobody waits for all of it.
 * What `work` throws is thrown to nobody: it must deal with its own errors.
 */
export function oneATurn(): (work: () => void) => void {
  const waiting: (() => void)[] = [];
  let taken = false;

  function next(): void {
    const work = waiting.shift();
    taken = work !== undefined;
    if (!work) return;
    setImmediate(next);
    work();
  }

  return (work) => {
    waiting.push(work);
    if (!taken) next();
  };
}
