/** What a name ends with whose value is a credential, whatever its case and however deep it lies. */
const secretNames = "authorization|cookie|csrf-token|password|passwd|pepper|secret|token|token_hash|api[-_]?key";
const name = String.raw`[\w-]{0,40}(?:${secretNames})`;

const jsonString = String.raw`"(?:[^"\\]|\\.)*"`;
const secretField = new RegExp(String.raw`("${name}":)(?:${jsonString}|\[(?:${jsonString},?)*\])`, "gi");

/**
 * Credentials inside free text, such as the message of an error: each with what stays of it. Every repetition that can
 * start at many places and then fail is bounded, to keep the time linear.
 */
const secretTexts: readonly [pattern: RegExp, replacement: string][] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, "$1 [redacted]"],
  [/(\w:\/\/)[^\s/@"\\]+@/g, "$1[redacted]@"],
  [/\b(?:sk|tl|ghp|github_pat|xox[abprs])[-_][\w-]{16,}/g, "[redacted]"],
  // As shells, addresses and errors write it; a quote in a line of JSON has its backslash. A short word after a colon is prose.
  [new RegExp(String.raw`\b(${name}(?:\\"|')?\s{0,3}(?:=|:(?=\s{0,3}(?:\\"|'|[^\s"'\\,;&}\]]{12})))\s{0,3})(?:\\"[^"\\]{1,2048}\\"|'[^'"\\]{1,2048}'|[^\s"'\\,;&}\]]{1,2048})`, "gi"), "$1[redacted]"],
  [/\beyJ[\w-]{8,512}\.[\w-]{1,8192}\.[\w-]+/g, "[redacted]"],
];

/** A line of JSON, or any text, without credentials: values of what is named so, and tokens and passwords by their form. */
export function redactLine(line: string): string {
  let redacted = line.replace(secretField, '$1"[redacted]"');
  for (const [pattern, replacement] of secretTexts) redacted = redacted.replace(pattern, replacement);
  return redacted;
}
