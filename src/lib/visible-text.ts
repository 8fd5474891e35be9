/** Zero-width and direction marks, variation selectors, tag characters, half surrogate pairs, and controls other than tab and line feed. */
const unseen =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF\p{Surrogate}\u{E0000}-\u{E0FFF}]/gu;

/** A text without the characters that no reader sees: what is hidden with them would reach a model, but nobody else. */
export function visibleText(text: string): string {
  return text.replace(unseen, "");
}

/** Joiners that Persian and Indian names and composed emoji are written with. */
const joiners = /[\u200C\u200D\uFE0F]/g;

/** Whether a text stands on one line and is read as it was written. */
export function isPlainLine(text: string): boolean {
  return !/[\t\n]/.test(text) && visibleText(text) === text;
}

/** The same of a person's name, which may hold joiners. */
export function isPlainName(name: string): boolean {
  return isPlainLine(name.replace(joiners, ""));
}

/** What is left of a person's name on one line, with single spaces, of at most so many characters; empty when nothing is. */
export function plainName(name: string, charactersAtMost: number): string {
  const line = name.replace(/\s+/g, " ").replace(unseen, (character) => character.match(joiners)?.[0] ?? "").trim();
  return [...line].slice(0, charactersAtMost).join("").trim();
}
