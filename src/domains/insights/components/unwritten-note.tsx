import { Button } from "#ui/button.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import type { UnwrittenNote } from "../schema.ts";

const titles: Readonly<Record<UnwrittenNote["code"], string>> = {
  LLM_DISABLED: "No model answers questions here",
  RATE_LIMITED: "The limit of model calls is reached",
  BUDGET_EXCEEDED: "The budget for language models is used up",
  UPSTREAM_UNAVAILABLE: "The model didn’t answer",
  DATABASE_UNAVAILABLE: "The model couldn’t be asked",
  UNUSABLE_ANSWER: "What the model wrote isn’t shown",
  UNANSWERED: "No answer in these numbers",
};
/** What may go better at once, or in some seconds. */
const soonSeconds = 60;
const passing: readonly UnwrittenNote["code"][] = ["UPSTREAM_UNAVAILABLE", "DATABASE_UNAVAILABLE", "UNUSABLE_ANSWER"];

/** Why the sentences below are computed although a model was to write them, and what to do. */
export function UnwrittenNoteMessage({ note: { code, text, retryAfterSeconds }, onRetry }: { note: UnwrittenNote; onRetry: () => void }) {
  const canRetry = passing.includes(code) || (retryAfterSeconds !== null && retryAfterSeconds <= soonSeconds);
  return (
    <div className="mt-4">
      <StateMessage kind="partial" title={titles[code]} action={canRetry ? <Button onClick={onRetry}>Try again</Button> : undefined}>
        {text} The computed sentences and numbers are below.
      </StateMessage>
    </div>
  );
}
