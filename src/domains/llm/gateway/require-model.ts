import { AppError } from "#lib/errors.ts";
import { tenantOf, type Principal } from "#platform/auth/principal.ts";
import { isEnabled } from "#platform/flags/flags.ts";
import { limitedNetwork } from "#platform/http/client-address.ts";
import { providerFor } from "#domains/llm/providers/provider.ts";
import type { LlmEndpoint, Provider } from "#domains/llm/schema.ts";

/** Models in the order they are asked. */
export type Providers = [first: Provider, ...fallback: Provider[]];

/** Step 1: the models of the endpoint. Throws LLM_DISABLED where none is configured, and where models are switched off for this caller. */
export async function requireModel(endpoint: LlmEndpoint, principal: Principal, address: string): Promise<Providers> {
  const [first, ...fallback] = providerFor(endpoint);
  if (!first) throw new AppError("LLM_DISABLED", { detail: "No model is configured. Set LLM_MODEL and its provider's key to use one." });
  if (!(await isEnabled("model-calls", flagSubject(principal, address)))) throw new AppError("LLM_DISABLED", { detail: "Models are switched off at the moment. Try again later." });
  return [first, ...fallback];
}

/** Name of the model that writes the endpoint's answers for this caller; null where none is configured, and where models or written answers are switched off for them. */
export async function writerFor(endpoint: LlmEndpoint, principal: Principal, address: string): Promise<string | null> {
  const [first] = providerFor(endpoint);
  if (!first) return null;
  const subject = flagSubject(principal, address);
  return (await isEnabled("model-calls", subject)) && (await isEnabled("generated-answers", subject)) ? first.model : null;
}

/** Who a flag is on for: the organisation, else the person, else the address. */
function flagSubject(principal: Principal, address: string): string {
  return tenantOf(principal) ?? (principal.kind === "user" ? principal.userId : limitedNetwork(address));
}
