import type { Passage } from "#domains/knowledge/index.ts";
import { analyse } from "#domains/knowledge/server.ts";
import { sentencesOf } from "#domains/assistant/extract.ts";

/** Sentences of a passage that are shown as support of an answer, at most. */
const maxQuotes = 3;
/** Words that a sentence must share with the claim to support it: this part of them, but no more than so many. */
const sharedPart = 0.3;
const sharedEnough = 3;

const markers = /(?<![ \t])(?:[ \t]*\[\d{1,3}\])+/g;

/** What an answer says by each citation: the text before it, back to the citation or the paragraph before. */
export function claimsOf(answer: string, n: number): string[] {
  return answer.split(/\n\s*\n/).flatMap((paragraph) => {
    const claims: string[] = [];
    let from = 0;
    for (const { 0: group, index } of paragraph.matchAll(markers)) {
      if (group.includes(`[${n}]`)) claims.push(paragraph.slice(from, index).trim());
      from = index + group.length;
    }
    return claims.filter((claim) => claim !== "");
  });
}

/**
 * The sentences of a passage that best support what an answer says by citing it, in reading order, each a substring of
 * the passage: those that share most words with a claim. Empty where none shares enough.
 */
export function supportingQuotes(passage: Passage, claims: string[]): string[] {
  const sentences = sentencesOf([passage]);
  const chosen = new Set<number>();
  for (const claim of claims) {
    const words = new Set(analyse(claim, passage.language).map(({ term }) => term));
    const shared = sentences.map(({ terms }) => [...terms].filter((term) => words.has(term)).length);
    const most = Math.max(0, ...shared);
    if (most > 0 && most >= Math.min(sharedEnough, words.size * sharedPart)) chosen.add(shared.indexOf(most));
    if (chosen.size === maxQuotes) break;
  }
  return [...chosen].sort((a, b) => a - b).flatMap((index) => sentences[index]?.text ?? []).filter((quote) => passage.content.includes(quote));
}

const quoted = /"([^"\n]*)"|“([^“”\n]*)”|„([^„“”\n]*)[“”]|«([^«»\n]*)»/g;
/** A name or a term may stand between quotation marks; so many words claim to be someone's. */
const quotationWords = 4;

/** Takes the quotation marks off what none of the texts says in these words. Shorter than four words, they stay. */
export function withoutFalseQuotations(answer: string, texts: string[]): string {
  const known = texts.map(comparable);
  return answer.replace(quoted, (whole: string, ...groups: (string | undefined)[]) => {
    const inside = groups.slice(0, 4).find((group) => group !== undefined) ?? "";
    const words = comparable(inside.replace(markers, ""));
    if (words.split(" ").length < quotationWords || known.some((text) => text.includes(words))) return whole;
    return inside.trim();
  });
}

const edge = /[\s.,;:!?…]/;

/** Without regard to case, white space, the form of quotation marks, and the punctuation around it. */
function comparable(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase().replace(/[‘’]/g, "'").replace(/\s+/g, " ");
  let start = 0;
  let end = plain.length;
  while (start < end && edge.test(plain.charAt(start))) start += 1;
  while (end > start && edge.test(plain.charAt(end - 1))) end -= 1;
  return plain.slice(start, end);
}
