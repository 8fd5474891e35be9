import { useId } from "react";

interface TickBoxesProps {
  label: string;
  hint?: string;
  name: string;
  options: readonly { id: string; words: string }[];
  /** Those that are ticked to begin with. */
  ticked?: readonly string[];
  error: string | undefined;
}

/** Any of a few choices, with what is wrong with them below. */
export function TickBoxes({ label, hint, name, options, ticked = [], error }: TickBoxesProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <fieldset className="grid gap-1" aria-describedby={described || undefined}>
      <legend className="mb-1 text-13 font-strong">{label}</legend>
      {hint && (
        <p id={`${id}-hint`} className="text-13 text-muted">
          {hint}
        </p>
      )}
      {options.map((option) => (
        <label key={option.id} className="flex min-h-6 items-center gap-2 text-14 max-md:min-h-11">
          <input type="checkbox" name={name} value={option.id} defaultChecked={ticked.includes(option.id)} aria-invalid={error ? true : undefined} className="size-4 shrink-0" />
          {option.words}
        </label>
      ))}
      {error && (
        <p id={`${id}-error`} className="text-13 text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
