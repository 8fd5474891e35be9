/** The Porter stemmer of 1980, written from its paper for the baseline: the product's own stemmer has no part in it. */

const consonant = "[^aeiou]";
const vowel = "[aeiouy]";
const consonants = `${consonant}[^aeiouy]*`;
const vowels = `${vowel}[aeiou]*`;
const measureAbove0 = new RegExp(`^(${consonants})?${vowels}${consonants}`);
const measureIs1 = new RegExp(`^(${consonants})?${vowels}${consonants}(${vowels})?$`);
const measureAbove1 = new RegExp(`^(${consonants})?${vowels}${consonants}${vowels}${consonants}`);
const hasVowel = new RegExp(`^(${consonants})?${vowel}`);
/** consonant, vowel, consonant, the last none of w, x and y */
const endsCvc = new RegExp(`^${consonants}${vowel}[^aeiouwxy]$`);
const endsDouble = /([^aeiouylsz])\1$/;

type Rule = readonly [suffix: string, replacement: string];

const step2: readonly Rule[] = [
  ["ational", "ate"], ["tional", "tion"], ["enci", "ence"], ["anci", "ance"], ["izer", "ize"], ["abli", "able"],
  ["alli", "al"], ["entli", "ent"], ["eli", "e"], ["ousli", "ous"], ["ization", "ize"], ["ation", "ate"], ["ator", "ate"],
  ["alism", "al"], ["iveness", "ive"], ["fulness", "ful"], ["ousness", "ous"], ["aliti", "al"], ["iviti", "ive"], ["biliti", "ble"],
];
const step3: readonly Rule[] = [
  ["icate", "ic"], ["ative", ""], ["alize", "al"], ["iciti", "ic"], ["ical", "ic"], ["ful", ""], ["ness", ""],
];
const step4: readonly Rule[] = [
  "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize",
].map((suffix) => [suffix, ""] as const);

/** Stem of a lower-case English word; words of other letters than a–z, and of up to two, are left as they are. */
export function porterStem(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  // A y that begins a word is a consonant; as a capital it isn't taken for a vowel.
  const initialY = word.startsWith("y");
  let stem = initialY ? `Y${word.slice(1)}` : word;
  stem = dropPlural(stem);
  stem = dropEdOrIng(stem);
  if (stem.endsWith("y") && hasVowel.test(stem.slice(0, -1))) stem = `${stem.slice(0, -1)}i`;
  stem = replaceSuffix(stem, step2, (rest) => measureAbove0.test(rest));
  stem = replaceSuffix(stem, step3, (rest) => measureAbove0.test(rest));
  stem = replaceSuffix(stem, step4, (rest, suffix) => measureAbove1.test(rest) && (suffix !== "ion" || /[st]$/.test(rest)));
  stem = dropFinalE(stem);
  if (stem.endsWith("ll") && measureAbove1.test(stem)) stem = stem.slice(0, -1);
  return initialY ? `y${stem.slice(1)}` : stem;
}

/** Step 1a. */
function dropPlural(word: string): string {
  if (word.endsWith("sses") || word.endsWith("ies")) return word.slice(0, -2);
  return word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** Step 1b. */
function dropEdOrIng(word: string): string {
  if (word.endsWith("eed")) return measureAbove0.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const rest = /^(.+?)(?:ed|ing)$/.exec(word)?.[1];
  if (rest === undefined || !hasVowel.test(rest)) return word;
  if (/(at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (endsDouble.test(rest)) return rest.slice(0, -1);
  return endsCvc.test(rest) ? `${rest}e` : rest;
}

/** Steps 2 to 4: the longest suffix that fits decides, whether or not its condition holds. */
function replaceSuffix(word: string, rules: readonly Rule[], holds: (rest: string, suffix: string) => boolean): string {
  const fitting = rules.filter(([suffix]) => word.endsWith(suffix)).sort(([a], [b]) => b.length - a.length)[0];
  if (!fitting) return word;
  const [suffix, replacement] = fitting;
  const rest = word.slice(0, word.length - suffix.length);
  return holds(rest, suffix) ? rest + replacement : word;
}

/** Step 5a. */
function dropFinalE(word: string): string {
  if (!word.endsWith("e")) return word;
  const rest = word.slice(0, -1);
  return measureAbove1.test(rest) || (measureIs1.test(rest) && !endsCvc.test(rest)) ? rest : word;
}
