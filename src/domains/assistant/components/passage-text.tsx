import { markQuotes, type Stretch } from "#lib/marked-text.ts";
import { MarkedText } from "#ui/marked-text.tsx";
import type { Citation } from "#domains/assistant/schema.ts";

/** A passage line by line, the quoted words marked. */
export function PassageText({ snippet, quotes }: Pick<Citation, "snippet" | "quotes">) {
  return (
    <blockquote className="mt-2 mb-3 grid gap-2 text-muted">
      {lines(markQuotes(snippet, quotes)).map((line, index) => {
        const [first, ...rest] = line;
        const item = first?.text.startsWith("- ");
        return (
          <p key={index} className={item ? "pl-3 -indent-3" : undefined}>
            <MarkedText stretches={item && first ? [{ ...first, text: `• ${first.text.slice(2)}` }, ...rest] : line} />
          </p>
        );
      })}
    </blockquote>
  );
}

/** Cuts stretches at line ends; empty lines fall away. */
function lines(stretches: Stretch[]): Stretch[][] {
  const found: Stretch[][] = [[]];
  for (const { text, marked } of stretches) {
    text.split("\n").forEach((part, index) => {
      if (index > 0) found.push([]);
      if (part !== "") found.at(-1)?.push({ text: part, marked });
    });
  }
  return found.filter((line) => line.length > 0);
}
