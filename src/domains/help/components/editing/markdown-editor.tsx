"use client";

import { useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { cx } from "#ui/class-names.ts";
import { TextArea } from "#ui/input.tsx";
import type { createMarkdownView, MarkdownView } from "#domains/help/components/editing/code-mirror.ts";

interface MarkdownEditorProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  readOnly: boolean;
  error?: string | undefined;
  className?: string;
}

/**
 * The text of an entry. The editor itself comes after the page; until it is there, and should it never come, a plain
 * field takes the text.
 */
export function MarkdownEditor({ label, value, onChange, readOnly, error, className }: MarkdownEditorProps) {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const [view, setView] = useState<MarkdownView | null>(null);
  const attributes = {
    "aria-label": label,
    "aria-describedby": [`${id}-hint`, error && `${id}-error`].filter(Boolean).join(" "),
    ...(error ? { "aria-invalid": "true" as const } : {}),
  };
  const changed = useEffectEvent(onChange);
  const begin = useEffectEvent((create: typeof createMarkdownView, parent: HTMLElement) => {
    const focused = document.activeElement === plain.current;
    const made = create({ parent, text: value, attributes, readOnly, onChange: (text) => changed(text) });
    if (focused) made.focus();
    return made;
  });

  useEffect(() => {
    let made: MarkdownView | null = null;
    let gone = false;
    import("#domains/help/components/editing/code-mirror.ts")
      .then((module) => {
        if (gone || !place.current) return;
        made = begin(module.createMarkdownView, place.current);
        setView(made);
      })
      .catch(() => undefined);
    return () => {
      gone = true;
      made?.destroy();
      setView(null);
    };
  }, [readOnly]);

  useEffect(() => view?.setText(value), [view, value]);
  const described = JSON.stringify(attributes);
  useEffect(() => view?.setAttributes(JSON.parse(described) as Record<string, string>), [view, described]);

  return (
    <div className={cx("flex min-h-0 flex-col gap-1", className)}>
      <div
        ref={place}
        data-field="body"
        className={cx("markdown-editor min-h-[320px] flex-1 overflow-auto rounded border border-line-strong bg-surface text-14 max-lg:max-h-[70dvh] max-md:text-16", !view && "hidden")}
      />
      {!view && (
        <TextArea ref={plain} {...attributes} name="body" readOnly={readOnly} value={value} onChange={(event) => onChange(event.target.value)} className="min-h-[320px] flex-1 font-mono" />
      )}
      <p id={`${id}-hint`} className="text-12 text-muted">
        Markdown. Tab indents; press Esc, then Tab, to leave the text. HTML and images are left out.
      </p>
      {error && (
        <p id={`${id}-error`} className="text-13 text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
