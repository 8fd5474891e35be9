import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import LinkIcon from "lucide-react/icons/link";
import type { ReactNode } from "react";
import { IconButton } from "#ui/icon-button.tsx";
import { useCopied } from "#ui/use-copied.ts";
import type { Answer } from "#domains/assistant/schema.ts";
import { askHref } from "#domains/assistant/components/ask-href.ts";
import { copyText } from "#domains/assistant/components/copy-text.ts";

export function CopyButtons({ answer }: { answer: Answer }) {
  return (
    <>
      <CopyButton label="Copy answer" icon={<Copy />} text={() => copyText(answer, location.origin)} />
      <CopyButton label="Copy link" icon={<LinkIcon />} text={() => location.origin + askHref(answer.question)} />
    </>
  );
}

function CopyButton({ label, icon, text }: { label: string; icon: ReactNode; text: () => string }) {
  const { result, copy } = useCopied(text);
  return (
    <span className="relative">
      <IconButton label={label} onClick={() => void copy()}>
        {result === "Copied" ? <Check className="text-ok" /> : icon}
      </IconButton>
      <span role="status" className={result ? "late floating absolute right-0 bottom-full z-10 px-2 py-1 text-12 whitespace-nowrap text-text" : "sr-only"}>
        {result}
      </span>
    </span>
  );
}
