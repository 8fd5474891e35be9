import { readEventStream } from "#lib/event-stream.ts";
import { expectOk, ProblemError, toProblem } from "#lib/problem.ts";
import { csrfHeaders } from "#ui/api/csrf.ts";
import type { AskEvent } from "#domains/assistant/schema.ts";

const eventNames = new Set<string>(["retrieval", "token", "answer", "failure", "done"] satisfies AskEvent["event"][]);

/** Asks one question and tells what the server tells. Throws a ProblemError when it refuses or fails, also halfway. */
export async function* askStream(question: string, signal: AbortSignal): AsyncGenerator<AskEvent> {
  const response = await expectOk(
    await fetch("/api/ask", {
      method: "POST",
      headers: { Accept: "text/event-stream", "Content-Type": "application/json", ...csrfHeaders() },
      body: JSON.stringify({ question }),
      signal,
    }),
  );
  if (!response.body) throw new TypeError("The response has no body");
  for await (const { event, data } of readEventStream(response.body)) {
    const content: unknown = JSON.parse(data);
    if (event === "error" || event === "failure") throw new ProblemError(toProblem(content));
    // The server has checked each event against its schema.
    if (eventNames.has(event)) yield { event, data: content } as AskEvent;
  }
}
