/** Everything that means something anywhere in a line of Markdown. */
const anywhere = /[\\`*_[\]<>&~|$!]/g;
/** What makes a heading, a list, a table's rule or a thematic break at the beginning of a line. */
const atLineStart = /^(?:[-+=#:]|\d+(?=[.)]))/;

/**
 * Markdown that shows plain text: its words in their order, its paragraphs, and no mark-up that happens to be in it.
 * White space at line ends goes, so that no line is taken for code or for a forced break, and so do the characters that
 * Postgres doesn't take.
 */
export function plainTextToMarkdown(text: string): string {
  return storable(text)
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim().replace(anywhere, "\\$&").replace(atLineStart, escapeStart))
    .join("\n");
}

/** The text with control characters as spaces and halves of surrogate pairs replaced. */
export function storable(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, " ");
}

/** A number keeps its digits: it is the point behind it that is escaped. */
function escapeStart(start: string): string {
  return /\d/.test(start) ? `${start}\\` : `\\${start}`;
}
