"use client";

import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useId, useRef, useState } from "react";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/input.tsx";

/** A text to take along, with the button that copies it; where the browser doesn't let it, the text is selected instead. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setSaid("Copied");
    } catch {
      input.current?.select();
      setSaid("Selected: copy it with your keyboard or menu.");
    }
  }

  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-13 font-strong">
        {label}
      </label>
      <div className="flex gap-2">
        <Input ref={input} id={id} readOnly value={value} onFocus={(event) => event.currentTarget.select()} className="min-w-0 flex-1 font-mono text-13 max-md:text-16" />
        <Button onClick={() => void copy()}>
          {said === "Copied" ? <Check /> : <Copy />}
          Copy
        </Button>
      </div>
      <p role="status" className="min-h-5 text-13 text-muted">
        {said}
      </p>
    </div>
  );
}
