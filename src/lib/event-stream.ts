/** One server-sent event: `data` lines joined by line feeds. */
export interface ServerSentEvent {
  event: string;
  data: string;
}

/**
 * Reads server-sent events from a byte stream, wherever its chunks are cut: inside a line, a CRLF pair or a character.
 * An event that the stream's end leaves unfinished is dropped, as the standard asks.
 */
export async function* readEventStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const parse = createEventParser();
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parse(decoder.decode(value, { stream: true }));
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A parser that is given text in pieces and answers the events that each piece completes. */
function createEventParser(): (text: string) => ServerSentEvent[] {
  let rest = "";
  let event = "";
  let data: string[] = [];

  function take(line: string): ServerSentEvent | undefined {
    if (line === "") {
      const complete = data.length > 0 ? { event: event || "message", data: data.join("\n") } : undefined;
      event = "";
      data = [];
      return complete;
    }
    const [, field, value = ""] = /^([^:]*)(?::\x20?(.*))?$/s.exec(line) ?? [];
    if (field === "event") event = value;
    if (field === "data") data.push(value);
    return undefined;
  }

  return (text) => {
    rest += text;
    // A carriage return at the end may be half of a CRLF: it waits for the next piece.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    return lines.map(take).filter((complete) => complete !== undefined);
  };
}
