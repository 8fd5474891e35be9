const errorAtMost = 300;

/** An error as anybody may read it: its first line, with addresses cut down to their host and path. */
export function publicError(text: string): string {
  const [line = ""] = text.trim().split("\n");
  const shown = line.replaceAll(/\bhttps?:\/\/[^\s"'<>]+/gi, (address) => {
    const end = endOf(address);
    const url = URL.parse(address.slice(0, end));
    return `${url ? `${url.host}${url.pathname}` : "an address"}${address.slice(end)}`;
  });
  return shown.length > errorAtMost ? `${shown.slice(0, errorAtMost - 1)}…` : shown;
}

/** Where an address ends: the marks after it belong to the sentence. */
function endOf(address: string): number {
  let end = address.length;
  while (":,.;)]".includes(address.charAt(end - 1)) && end > 0) end -= 1;
  return end;
}
