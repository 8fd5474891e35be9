const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Sentences, list items and table rows of a passage, in order, each verbatim. */
export function sentencesOf(content: string): string[] {
  return content
    .split("\n")
    .map((line) => line.replace(/^- /, ""))
    .flatMap((line) => joinAbbreviations([...segmenter.segment(line)].map(({ segment }) => segment)))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
}

/** The segmenter also cuts after "e.g." and "No."; what follows belongs to the same sentence. */
function joinAbbreviations(segments: string[]): string[] {
  const joined: string[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (last !== undefined && /\b(e\.g|i\.e|cf|vs|no|approx|fig|dr|st)\.\s*$/i.test(last)) joined[joined.length - 1] = last + segment;
    else joined.push(segment);
  }
  return joined;
}
