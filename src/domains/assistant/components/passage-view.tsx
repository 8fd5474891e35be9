import X from "lucide-react/icons/x";
import Link from "next/link";
import { formatDate } from "#lib/format-time.ts";
import { IconButton } from "#ui/icon-button.tsx";
import type { Citation } from "#domains/assistant/schema.ts";
import { PassageText } from "#domains/assistant/components/passage-text.tsx";

/** A source's passage: its number, where it stands, its text, and the way to the whole article. */
export function PassageView({ citation, onClose }: { citation: Citation; onClose: () => void }) {
  const { n, title, url, heading, snippet, quotes, updatedAt } = citation;
  return (
    <>
      <header className="-mr-1 flex items-center gap-2">
        <span className="cite" aria-hidden data-open>
          {n}
        </span>
        <h3 className="min-w-0 text-14">{title}</h3>
        <span className="ml-auto">
          <IconButton size="small" label="Close source" onClick={onClose}>
            <X />
          </IconButton>
        </span>
      </header>
      <p className="mt-2 text-12 text-muted">
        Help{heading && ` · section “${heading}”`} · updated {formatDate(updatedAt)}
      </p>
      <PassageText snippet={snippet} quotes={quotes} />
      <Link href={url} prefetch={false} className="inline-flex min-h-6 items-center text-13 max-md:min-h-11">
        Open the article
      </Link>
    </>
  );
}
