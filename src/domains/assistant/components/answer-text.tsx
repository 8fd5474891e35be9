import { cx } from "#ui/class-names.ts";
import type { Citation } from "#domains/assistant/schema.ts";
import { answerBlocks, type Part } from "#domains/assistant/components/answer-blocks.ts";
import { CitationChip } from "#domains/assistant/components/citation-chip.tsx";

/** A word and its citations stay on one line, unless it is so long that a phone has no such line. */
const keptOnOneLine = 20;

interface AnswerTextProps {
  turnId: string;
  text: string;
  /** Not known while the answer is being written: chips then keep their place without doing anything. */
  citations?: Citation[];
}

export function AnswerText({ turnId, text, citations }: AnswerTextProps) {
  const show = (parts: Part[]) =>
    parts.map((part, index) =>
      typeof part === "string" ? (
        part
      ) : (
        <span key={index} className={cx("[&>.cite]:mr-px [&>.cite]:ml-[3px]", part.word.length <= keptOnOneLine && "whitespace-nowrap")}>
          {part.word}
          {part.citations.map((n) => (
            <Mark key={n} turnId={turnId} n={n} citations={citations} />
          ))}
        </span>
      ),
    );

  return (
    <div className="grid gap-3">
      {answerBlocks(text).map((block, index) =>
        block.kind === "paragraph" ? (
          <p key={index}>{show(block.parts)}</p>
        ) : (
          <ul key={index} className="grid list-disc gap-1 pl-6 marker:text-muted">
            {block.items.map((item, place) => (
              <li key={place}>{show(item)}</li>
            ))}
          </ul>
        ),
      )}
    </div>
  );
}

function Mark({ turnId, n, citations }: { turnId: string; n: number; citations: Citation[] | undefined }) {
  if (!citations) return <span className="cite">{n}</span>;
  const citation = citations.find((candidate) => candidate.n === n);
  return citation ? <CitationChip turnId={turnId} n={n} title={citation.title} /> : `[${n}]`;
}
