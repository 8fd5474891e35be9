/** Fields whose value is a credential, whatever the case of the name and however deep it lies. */
const secretFields = [
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
  "x-csrf-token",
  "x-api-key",
  "password",
  "secret",
  "token",
  "access_token",
  "refresh_token",
  "apiKey",
  "api_key",
];

const jsonString = String.raw`"(?:[^"\\]|\\.)*"`;
const secretField = new RegExp(
  String.raw`("(?:${secretFields.join("|")})":)(?:${jsonString}|\[(?:${jsonString},?)*\])`,
  "gi",
);

/**
 * Credentials inside free text, such as the message of an error: each with what stays of it. Every repetition that can
 * start at many places and then fail is bounded, to keep the time linear.
 */
const secretTexts: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, "$1 [redacted]"],
  [/(\w:\/\/)[^\s/@"\\]+@/g, "$1[redacted]@"],
  [/\b(?:sk|tl|ghp|github_pat|xox[abprs])[-_][\w-]{16,}/g, "[redacted]"],
  [/\beyJ[\w-]{8,512}\.[\w-]{1,8192}\.[\w-]+/g, "[redacted]"],
];

/** A line of JSON without credentials: values of the fields named above, and tokens and passwords in any text. */
export function redactLine(line: string): string {
  let redacted = line.replace(secretField, '$1"[redacted]"');
  for (const [pattern, replacement] of secretTexts) redacted = redacted.replace(pattern, replacement);
  return redacted;
}
