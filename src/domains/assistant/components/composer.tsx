import Square from "lucide-react/icons/square";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { formatCount } from "#lib/format-number.ts";
import { Button, buttonClass } from "#ui/button.tsx";
import { askFrameClass } from "#domains/assistant/components/ask-box.tsx";

interface ComposerProps {
  placeholder: string;
  maxLength: number;
  running: boolean;
  onAsk: (question: string) => void;
  onStop: () => void;
}

/** From here on, the reader is told how much room is left. */
const counterFrom = 0.9;
const maxHeightPx = 168;

export function Composer({ placeholder, maxLength, running, onAsk, onStop }: ComposerProps) {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();
  const tooLong = text.length > maxLength;

  function fit(element: HTMLTextAreaElement) {
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, maxHeightPx)}px`;
  }

  function send() {
    const question = text.trim();
    if (question === "" || tooLong || running) return;
    onAsk(question);
    setText("");
    if (field.current) field.current.style.height = "";
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      action="/ask"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className={`${askFrameClass} items-end`}>
        <textarea
          ref={field}
          name="q"
          rows={1}
          aria-label="Question"
          aria-describedby={noteId}
          aria-invalid={tooLong}
          placeholder={placeholder}
          enterKeyHint="send"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            fit(event.target);
          }}
          onKeyDown={onKeyDown}
          className="min-h-control min-w-0 flex-1 resize-none bg-transparent py-1 text-16 max-md:py-2.5 pointer-coarse:py-2.5 leading-6 outline-none"
        />
        {running ? (
          <Button onClick={onStop}>
            <Square />
            Stop
          </Button>
        ) : (
          <button type="submit" className={buttonClass("primary")} disabled={tooLong}>
            Ask
          </button>
        )}
      </div>
      <p id={noteId} className="mt-1.5 flex flex-wrap justify-between gap-x-3 text-12 text-muted">
        <span>
          Searching: public content
          <span className="pointer-coarse:hidden"> · Shift+Enter starts a new line</span>
        </span>
        {text.length > maxLength * counterFrom && (
          <span role="status" className={tooLong ? "text-bad" : undefined}>
            {tooLong ? `${formatCount(text.length - maxLength)} characters too many` : `${formatCount(text.length)} of ${formatCount(maxLength)}`}
          </span>
        )}
      </p>
    </form>
  );
}

/** While an input method composes a word, Enter confirms the word; Safari says so by the key code alone. */
function isComposing({ nativeEvent }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === 229;
}
