import { z } from "zod";
import { AppError, isAppError } from "#lib/errors.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { langfuse } from "#platform/observability/gen-ai-attributes.ts";
import { annotate } from "#platform/observability/request-context.ts";
import { startSpan, within, type TraceSpan } from "#platform/observability/tracing.ts";
import { callForObject, governanceOf, refuseHarm, writerFor } from "#domains/llm/server.ts";
import type { InsightAnswer, InsightTask, Statement, UnwrittenNote, Wanted } from "../schema.ts";
import { checkStatements } from "./check-statements.ts";
import { inputOf, taskPrompts } from "./prompts.ts";

/** Who asks, and from where. */
export interface Asker {
  principal: Principal;
  address: string;
  signal: AbortSignal;
}

interface TracedAsker extends Asker {
  span: TraceSpan;
}

/** What a model is asked for. Bounds are checked afterwards: not every vendor takes them in a schema. */
const Written = z.strictObject({ statements: z.array(z.strictObject({ text: z.string(), facts: z.array(z.string()) })) });

const maxOutputTokens = 1_000;

/** What keeps a model from writing without being the asker's fault: computed sentences stand then. */
const passing = ["LLM_DISABLED", "RATE_LIMITED", "BUDGET_EXCEEDED", "UPSTREAM_UNAVAILABLE", "DATABASE_UNAVAILABLE"] as const;

/**
 * A task's answer: computed first, then written by a model where one is there and the request wants it. Of what it writes only what the
 * facts bear out is shown; where nothing is left, or a limit, a budget or an outage keeps it from writing, the computed sentences stand,
 * with a note that says why.
 *
 * Throws SAFETY_BLOCKED for a question that asks for harm, before anything is looked up and also where no model is; CONSENT_REQUIRED
 * where a model is to read governed data; what `compute` throws; with the mode `generated` also LLM_DISABLED, RATE_LIMITED,
 * BUDGET_EXCEEDED and UPSTREAM_UNAVAILABLE.
 */
export async function answerTask<Request extends Wanted, Answer extends InsightAnswer>(
  task: InsightTask, asker: Asker, request: Request, compute: (principal: Principal, request: Request) => Promise<Answer>,
): Promise<Answer> {
  const span = startSpan(task, { [langfuse.type]: "chain" });
  return within(span, () => answer(task, { ...asker, span }, request, compute));
}

async function answer<Request extends Wanted, Answer extends InsightAnswer>(
  task: InsightTask, asker: TracedAsker, request: Request, compute: (principal: Principal, request: Request) => Promise<Answer>,
): Promise<Answer> {
  const { prompt: question, mode } = request;
  const refused = question === undefined ? null : await refuseHarm({ endpoint: task, prompt: taskPrompts[task], ...asker, question });
  if (refused) throw refused;
  const computed = await compute(asker.principal, request);
  if (mode === "computed") return computed;
  try {
    await requireWriter(task, asker);
    const written = await write(task, asker, computed, question);
    if (written.note && mode === "generated" && written.note.code === "UNUSABLE_ANSWER") throw new AppError("UPSTREAM_UNAVAILABLE", { detail: written.note.text, retryAfterSeconds: 10 });
    return { ...computed, ...written };
  } catch (error) {
    const note = mode === "any" && !asker.signal.aborted ? noteOf(error) : null;
    if (!note) throw error;
    // Where nobody set a model up and nobody asked anything, nothing is missing.
    return { ...computed, note: note.code === "LLM_DISABLED" && question === undefined ? null : note };
  }
}

async function requireWriter(task: InsightTask, { principal, address }: Asker): Promise<void> {
  if ((await writerFor(task, principal, address)) !== null) return;
  throw new AppError("LLM_DISABLED", { detail: "No model writes here at the moment, so questions aren't answered. What is computed is still there." });
}

/** What a model wrote, or why nothing of it is shown. */
type Outcome = Pick<InsightAnswer, "mode" | "statements" | "model" | "callId" | "cached"> & { note: null } | { note: UnwrittenNote };

async function write(task: InsightTask, asker: TracedAsker, computed: InsightAnswer, question: string | undefined): Promise<Outcome> {
  const borneOut = (statements: readonly Statement[]) => checkStatements(statements, computed.facts, computed.title);
  const result = await callForObject({
    // The input holds all that an answer depends on: it is the state of the data.
    ...asker, endpoint: task, prompt: taskPrompts[task], input: inputOf(computed, question), maxOutputTokens, result: Written, cacheable: true,
    datasets: await governanceOf(computed.sources.map(({ id }) => id)),
    ...(question !== undefined && { question, judged: true }),
    worthKeeping: (text) => {
      const kept = Written.safeParse(JSON.parse(text));
      return kept.success && borneOut(kept.data.statements).statements.length > 0;
    },
  });
  if (!result.ok) return { note: noteWith("UNUSABLE_ANSWER", "What the model wrote couldn’t be read, so it isn’t shown. These sentences are computed.") };
  if (result.value.statements.length === 0 && question !== undefined) {
    return { note: noteWith("UNANSWERED", "The model found no answer to this question in these numbers. These sentences are computed.") };
  }
  const { statements, dropped } = borneOut(result.value.statements);
  annotate({ statements: statements.length, dropped: dropped.map(({ fault }) => fault).join(",") });
  if (statements.length === 0) return { note: noteWith("UNUSABLE_ANSWER", "The numbers don’t bear out what the model wrote, so it isn’t shown. These sentences are computed.") };
  return { mode: "generated", statements, model: result.model, callId: result.callId, cached: result.cached, note: null };
}

function noteWith(code: UnwrittenNote["code"], text: string, retryAfterSeconds: number | null = null): UnwrittenNote {
  return { code, text, retryAfterSeconds };
}

function noteOf(error: unknown): UnwrittenNote | null {
  if (!isAppError(error)) return null;
  const code = passing.find((each) => each === error.code);
  return code ? noteWith(code, error.detail ?? "No model could be asked. Try again in a moment.", error.retryAfterSeconds ?? null) : null;
}
