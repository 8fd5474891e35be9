/** A seed for noise from a name: the same name is the same noise, everywhere and always. */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** A number within [−1, 1) that looks random, for a place in a sequence. */
export function scattered(seed: number, place: number): number {
  let hash = Math.imul(place ^ seed, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae3d);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x80000000 - 1;
}

/** Smooth noise within [−1, 1) over time: a new level every `period` hours, and an even way from one to the next. */
export function noise(seed: number, hours: number, period: number): number {
  const place = hours / period;
  const before = Math.floor(place);
  const part = place - before;
  const from = scattered(seed, before);
  return from + (scattered(seed, before + 1) - from) * part * part * (3 - 2 * part);
}

export function clamp(value: number, least: number, most: number): number {
  return value < least ? least : value > most ? most : value;
}
