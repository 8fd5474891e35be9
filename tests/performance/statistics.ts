/** Numbers about samples, and the repeatable chance that made-up content is drawn from. */

/** The value in the middle, the mean of the two middle ones of an even number of samples. */
export function median(samples: number[]): number {
  const [low, high] = [Math.floor((samples.length - 1) / 2), Math.ceil((samples.length - 1) / 2)];
  const sorted = [...samples].sort((a, b) => a - b);
  return ((sorted[low] ?? NaN) + (sorted[high] ?? NaN)) / 2;
}

export function mean(samples: number[]): number {
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}

/** The smallest sample that at least `share` of all samples don't exceed (nearest rank). */
export function percentile(samples: number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** Numbers from 0 (included) to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
