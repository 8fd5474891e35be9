/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * Takes several ways in turn, so that whatever else the machine does meets all of them. Rounds count from 0; those that
 * warm up come first and count on from `rounds`, so that they can be given something of their own to do.
 */
export async function inTurn(rounds: number, warmUps: number, ways: ((round: number) => Promise<unknown>)[]): Promise<number[][]> {
  const samples = ways.map((): number[] => []);
  for (let turn = -warmUps; turn < rounds; turn += 1) {
    for (const [index, way] of ways.entries()) {
      const ms = await timed(() => way(turn < 0 ? rounds - 1 - turn : turn));
      if (turn >= 0) samples[index]?.push(ms);
    }
  }
  return samples;
}
