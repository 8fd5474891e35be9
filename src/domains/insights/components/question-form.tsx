import { useId, useState } from "react";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/input.tsx";
import { promptMaxLength } from "../prompt-length.ts";

/** What the reader wants to know of the chart. The text stays, to be asked again in other words. */
export function QuestionForm({ disabled, onAsk }: { disabled: boolean; onAsk: (question: string) => void }) {
  const [text, setText] = useState("");
  const id = useId();
  const question = text.trim();
  return (
    <form
      className="border-t px-4 pt-2 pb-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (question !== "" && !disabled) onAsk(question);
      }}
    >
      <label htmlFor={id} className="text-13 font-strong">
        Ask about this chart
      </label>
      <div className="mt-1 flex gap-2">
        <Input id={id} name="prompt" autoComplete="off" maxLength={promptMaxLength} placeholder="When was it highest?" value={text} onChange={(event) => setText(event.target.value)} />
        <Button type="submit" kind="primary" aria-disabled={disabled || question === ""}>
          Ask
        </Button>
      </div>
    </form>
  );
}
