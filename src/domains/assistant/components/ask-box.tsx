import { buttonClass } from "#ui/button.tsx";

interface AskBoxProps {
  placeholder: string;
  maxLength: number;
}

/** A question field that leads to the Ask page: a plain form, so it works without script. */
export function AskBox({ placeholder, maxLength }: AskBoxProps) {
  return (
    <form action="/ask" className={`${askFrameClass} items-center`}>
      <input
        name="q"
        required
        maxLength={maxLength}
        autoComplete="off"
        enterKeyHint="go"
        aria-label="Question"
        placeholder={placeholder}
        className="h-control min-w-0 flex-1 bg-transparent text-16 outline-none"
      />
      <button type="submit" className={buttonClass("primary")}>
        Ask
      </button>
    </form>
  );
}

/** The frame around a question field and its button; the field's focus shows on it. */
export const askFrameClass =
  "flex gap-2 rounded border border-line-strong bg-surface p-2 pl-3 " +
  "has-[input:focus,textarea:focus]:border-accent has-[input:focus,textarea:focus]:shadow-[0_0_0_1px_var(--accent)]";
