/**
 * One value for the whole process. Next evaluates modules once per bundle, beside the process entry that runs them
 * from source, so a module-level variable would exist several times.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`tieline.${name}`);
  const holder = globalThis as { [key: symbol]: unknown };
  if (!(key in holder)) holder[key] = make();
  return holder[key] as T;
}
