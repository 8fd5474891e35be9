/** More than are ever in use; the oldest makes room. */
const most = 32;

/** Gives the same value for the same key: a vendor's client takes a while to be made, and holds as long as its settings do. */
export function keep<Key, Value>(): (key: Key, make: () => Value) => Value {
  const kept = new Map<Key, Value>();
  return (key, make) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const [oldest] = kept.keys();
    if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
    const made = make();
    kept.set(key, made);
    return made;
  };
}
