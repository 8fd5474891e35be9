/** The Ask page's parts in the browser, with the conversation empty before each test that uses it. */
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { ClearHistory } from "#domains/assistant/components/clear-history.tsx";
import { clear } from "#domains/assistant/components/conversation-store.ts";
import { ConversationView } from "#domains/assistant/components/conversation-view.tsx";
import { FakeStream, serveApi } from "./fake-api.ts";

export const field = page.getByRole("textbox", { name: "Question" });
export const button = (name: string | RegExp) => page.getByRole("button", { name });
export const turn = (question: string) => page.getByRole("region", { name: question });

export function renderAskPage() {
  return render(
    <>
      <ClearHistory />
      <ConversationView maxLength={2_000} empty={<p>Nothing asked yet</p>} />
    </>,
  );
}

/** Twice: what was cleared can then not be brought back either. */
export function forgetConversation(): void {
  clear();
  clear();
}

export async function ask(question: string): Promise<void> {
  await field.fill(question);
  await userEvent.keyboard("{Enter}");
}

/** Every question to this server is answered by a stream of its own, in order. */
export function serveStreams(count = 1): { streams: FakeStream[]; requests: Request[] } {
  const streams = Array.from({ length: count }, () => new FakeStream());
  let next = 0;
  const requests = serveApi({
    "POST /api/ask": (request) => {
      const stream = streams[next++];
      if (!stream) throw new TypeError("No stream is left");
      return stream.answering(request);
    },
  });
  return { streams, requests };
}

/** One question and its whole answer. */
export function sendAnswer(stream: FakeStream, answer: unknown): void {
  stream.send("retrieval", { index: 0, passages: 2, searched: 12 });
  stream.send("answer", { index: 0, answer });
  stream.send("done", { answers: 1 });
  stream.end();
}
