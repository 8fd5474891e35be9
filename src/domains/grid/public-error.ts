const errorAtMost = 300;

/** An error as anybody may read it: its first line, with addresses cut down to their host and path. */
export function publicError(text: string): string {
  const [line = ""] = text.trim().split("\n");
  const shown = line.replaceAll(/\bhttps?:\/\/[^\s"'<>]+/gi, (address) => {
    // What stands after the address belongs to the sentence.
    const [, body = "", rest = ""] = /^(.*?)([:,.;)\]]*)$/.exec(address) ?? [];
    const url = URL.canParse(body) ? new URL(body) : null;
    return `${url ? `${url.host}${url.pathname}` : "an address"}${rest}`;
  });
  return shown.length > errorAtMost ? `${shown.slice(0, errorAtMost - 1)}…` : shown;
}
