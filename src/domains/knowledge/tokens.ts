/** Prose in English or French runs at about four characters a token. */
const charactersPerToken = 4;
const unparted = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;

/** About how many tokens a model makes of a text: an estimate without its tokenizer. */
export function tokensOf(text: string): number {
  const dense = text.match(unparted)?.length ?? 0;
  return dense + (text.length - dense) / charactersPerToken;
}
