/** Servers that somebody else runs and the environment names. */
import { waitFor } from "./process.ts";

const upTimeoutMs = 60_000;
/** Nothing listens yet, a container's proxy hangs up, or the server says that it is starting (Postgres, Redis). */
const startingCodes = ["ECONNREFUSED", "ECONNRESET", "57P03", "LOADING"];

/**
 * Repeats `ask` while the server looks as if it were starting, for a minute.
 * @throws Error with `name` and what the server or the network said.
 */
export async function askGiven<T>(name: string, ask: () => Promise<T>): Promise<T> {
  let last = "";
  const describe = (reason: string, cause: unknown) => new Error(`${name}: ${reason}`, { cause });
  const ended: { value: T } | { error: Error } = await waitFor<{ value: T } | { error: Error }>(name, upTimeoutMs, async () => {
    try {
      return { value: await ask() };
    } catch (error) {
      last = error instanceof Error ? error.message || String("code" in error ? error.code : error) : String(error);
      const starting = error instanceof Error && "code" in error && startingCodes.includes(String(error.code));
      return starting ? null : { error: describe(last, error) };
    }
  }).catch((error: unknown) => ({ error: describe(`${last}, for ${upTimeoutMs / 1000} s`, error) }));
  if ("error" in ended) throw ended.error;
  return ended.value;
}
