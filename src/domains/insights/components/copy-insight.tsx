import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { IconButton } from "#ui/icon-button.tsx";
import { useCopied } from "#ui/use-copied.ts";

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text }: { text: () => string }) {
  const { result, copy } = useCopied(text);
  return (
    <span className="flex items-center gap-1">
      <span role="status" className="text-12 text-muted">{result}</span>
      <IconButton label="Copy as text" onClick={() => void copy()}>
        {result === "Copied" ? <Check className="text-ok" /> : <Copy />}
      </IconButton>
    </span>
  );
}
