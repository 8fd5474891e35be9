import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useEffect, useState } from "react";
import { IconButton } from "#ui/icon-button.tsx";

const shownForMs = 2_000;

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text }: { text: () => string }) {
  const [result, setResult] = useState<"Copied" | "Copying isn’t allowed here">();
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
  return (
    <span className="flex items-center gap-1">
      <span role="status" className="text-12 text-muted">{result}</span>
      <IconButton label="Copy as text" onClick={() => void copy()}>
        {result === "Copied" ? <Check className="text-ok" /> : <Copy />}
      </IconButton>
    </span>
  );
}
