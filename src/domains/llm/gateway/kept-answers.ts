import { createHmac } from "node:crypto";
import { z } from "zod";
import { processWide } from "#lib/process-wide.ts";
import { appSecrets } from "#platform/auth/app-secrets.ts";
import { tenantOf } from "#platform/auth/principal.ts";
import { SingleFlight } from "#platform/cache/single-flight.ts";
import { textCache } from "#platform/cache/text-cache.ts";
import { metrics } from "#platform/observability/metrics.ts";
import type { LlmCall } from "./call.ts";
import type { Providers } from "./require-model.ts";

/** A model's answer as it is kept: with placeholders, and without the values that they stand for. */
const KeptAnswer = z.object({
  text: z.string(),
  /** The placeholders': an equal call redacted under it has the same ones. */
  tag: z.string(),
  model: z.string(),
  provider: z.string(),
  /** What it cost, as its row in the books has it. */
  costUsd: z.string().nullable(),
});
export type KeptAnswer = z.infer<typeof KeptAnswer>;

const lifetimeMs = 24 * 3_600_000;
const flights = () => processWide("model-answers", () => new SingleFlight());

/** What the cache said: an answer, or null when the call is to be made. */
export interface LookedUp {
  kept: KeptAnswer | null;
  /** To be called when the call is over, with what is to be kept of it. */
  done(answer: KeptAnswer | null): Promise<void>;
}

const nothingToDo = () => Promise.resolve();

/**
 * Step 5: an answer that an equal call of the same organisation got, from the same models, prompt and state of the data. Of equal
 * calls at one time, in one process, one is made and the others wait for it; where it ends without an answer worth keeping they are made side by side.
 * Keys are keyed hashes: the store learns neither questions nor who asked them. Throws the signal's reason.
 */
export async function lookUp(call: LlmCall, providers: Providers, schema: string): Promise<LookedUp> {
  if (!call.cacheable) return { kept: null, done: nothingToDo };
  const count = (result: "hit" | "shared" | "miss") => metrics().modelCacheLookups.inc({ endpoint: call.endpoint, result });
  const key = await keyOf(call, providers, schema);
  const known = await read(key);
  if (known) {
    count("hit");
    return { kept: known, done: nothingToDo };
  }
  const leave = await flights().enter(key, call.signal);
  // Whoever waited finds what the other kept; and who comes just after its end, too.
  const since = await read(key);
  if (since) {
    leave?.();
    count("shared");
    return { kept: since, done: nothingToDo };
  }
  count("miss");
  return {
    kept: null,
    async done(answer) {
      try {
        if (answer) await textCache().set(key, JSON.stringify(answer), lifetimeMs);
      } finally {
        leave?.();
      }
    },
  };
}

async function read(key: string): Promise<KeptAnswer | undefined> {
  const text = await textCache().get(key);
  if (text === undefined) return undefined;
  try {
    return KeptAnswer.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Everything that an answer depends on. */
async function keyOf({ endpoint, prompt, input, maxOutputTokens, principal, corpusVersion }: LlmCall, providers: Providers, schema: string): Promise<string> {
  const parts = [
    tenantOf(principal), principal.kind, endpoint, providers.map(({ name, model }) => `${name}/${model}`), prompt.id, prompt.version, prompt.instructions,
    corpusVersion ?? null, maxOutputTokens, schema, input,
  ];
  const [secret] = (await appSecrets()).session;
  return `tieline:answer:${createHmac("sha256", secret).update(JSON.stringify(parts)).digest("hex")}`;
}
