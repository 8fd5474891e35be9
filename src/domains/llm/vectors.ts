/** Texts that go into one request, at most. */
const maxTexts = 96;
/** Characters that go into one request, at most, unless one text alone has more: about 50,000 tokens. */
const maxCharacters = 200_000;

/** Cuts texts into lists that an endpoint takes at once, in order. */
export function requestsOf(texts: string[]): string[][] {
  const batches: string[][] = [];
  let current: string[] = [];
  let characters = 0;
  for (const text of texts) {
    if (current.length > 0 && (current.length === maxTexts || characters + text.length > maxCharacters)) {
      batches.push(current);
      [current, characters] = [[], 0];
    }
    current.push(text);
    characters += text.length;
  }
  if (current.length > 0) batches.push(current);
  return batches;
}

/**
 * Vectors brought to length 1, once they are what was asked for: one for each text, of `dimensions` numbers (all of the
 * same where null), every number finite, not all 0. Throws an Error that says what is wrong.
 */
export function checkedVectors(vectors: number[][], texts: number, dimensions: number | null): number[][] {
  if (vectors.length !== texts) throw new Error(`The endpoint gave ${vectors.length} vectors for ${texts} texts`);
  const expected = dimensions ?? vectors[0]?.length ?? 0;
  return vectors.map((vector) => {
    if (vector.length !== expected || expected === 0) throw new Error(`The endpoint gave a vector of ${vector.length} dimensions where ${expected} were expected`);
    return unit(vector);
  });
}

/** Of length 1: what is compared is the angle, and half-precision numbers have room for neither large nor tiny ones. */
function unit(vector: number[]): number[] {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!Number.isFinite(largest)) throw new Error("The endpoint gave a vector with a number that isn't finite");
  if (largest === 0) throw new Error("The endpoint gave a vector of nothing but zeros");
  const scaled = vector.map((value) => value / largest);
  const length = Math.sqrt(scaled.reduce((sum, value) => sum + value * value, 0));
  return scaled.map((value) => value / length);
}
