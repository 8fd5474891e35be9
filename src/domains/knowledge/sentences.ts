/** A part of a text, by its offsets. */
export interface Span {
  start: number;
  end: number;
}

const segmenters = { english: new Intl.Segmenter("en", { granularity: "sentence" }), french: new Intl.Segmenter("fr", { granularity: "sentence" }) };
/** The segmenter also cuts after these; what follows belongs to the same sentence. */
const abbreviation = /\b(e\.g|i\.e|cf|vs|no|approx|fig|dr|st|p\. ex|env|ex)\.\s*$/i;
/** What a list item begins with. */
const bullet = /^\s*- /;

/** Sentences, list items and table rows of a passage, in order, as spans of it; those without letter or digit are left out. */
export function sentenceSpans(text: string, language: "english" | "french" | "other" = "english"): Span[] {
  const segmenter = segmenters[language === "french" ? "french" : "english"];
  const spans: Span[] = [];
  let lineStart = 0;
  for (const line of text.split("\n")) {
    const skipped = bullet.exec(line)?.[0].length ?? 0;
    let open: Span | null = null;
    for (const { segment, index } of segmenter.segment(line.slice(skipped))) {
      const start: number = open?.start ?? lineStart + skipped + index;
      const end = lineStart + skipped + index + segment.length;
      open = abbreviation.test(segment) ? { start, end } : null;
      if (open === null) spans.push({ start, end });
    }
    if (open !== null) spans.push(open);
    lineStart += line.length + 1;
  }
  return spans.map((span) => trimmed(text, span)).filter(({ start, end }) => /[\p{L}\p{N}]/u.test(text.slice(start, end)));
}

function trimmed(text: string, { start, end }: Span): Span {
  const within = text.slice(start, end);
  return { start: start + (within.length - within.trimStart().length), end: end - (within.length - within.trimEnd().length) };
}
