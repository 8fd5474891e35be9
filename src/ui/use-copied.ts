import { useEffect, useState } from "react";

const shownForMs = 2_000;

type Copied = "Copied" | "Copying isn’t allowed here";

/** Puts a text on the clipboard; for two seconds `result` says how that went. */
export function useCopied(text: () => string): { result: Copied | undefined; copy: () => Promise<void> } {
  const [result, setResult] = useState<Copied>();
  useEffect(() => {
    if (!result) return;
    const timer = setTimeout(() => setResult(undefined), shownForMs);
    return () => clearTimeout(timer);
  }, [result]);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text());
      setResult("Copied");
    } catch {
      setResult("Copying isn’t allowed here");
    }
  }
  return { result, copy };
}
