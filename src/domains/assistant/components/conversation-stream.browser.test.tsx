import { beforeEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { Answer } from "#domains/assistant/index.ts";
import { makeAnswer } from "../../../../tests/support/answers.ts";
import { ask, button, field, forgetConversation, renderAskPage, sendAnswer, serveStreams, turn } from "../../../../tests/support/ask-page.tsx";
import { FakeStream, problem, serveApi } from "../../../../tests/support/fake-api.ts";

const question = "What is hour ending?";
const announcement = page.getByText(/^(Searching the sources|Answer: .*|Stopped|History cleared|History is back)$/).last();

async function askStreaming(): Promise<{ stream: FakeStream; requests: Request[] }> {
  const { streams, requests } = serveStreams();
  await renderAskPage();
  await ask(question);
  await expect.element(turn(question)).toHaveAttribute("aria-busy", "true");
  const [stream] = streams;
  if (!stream) throw new Error("No stream");
  return { stream, requests };
}

async function answered(over: Partial<Answer>): Promise<void> {
  const { stream } = await askStreaming();
  sendAnswer(stream, makeAnswer(over));
  await expect.element(turn(question)).toHaveAttribute("aria-busy", "false");
}

beforeEach(() => forgetConversation());

describe("an answer that streams", () => {
  test("is asked for as a stream and shows how far it is, until it is whole", async () => {
    const { stream, requests } = await askStreaming();
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers.get("accept")).toBe("text/event-stream");
    expect(await requests[0]?.json()).toEqual({ question });
    await expect.element(turn(question).getByText("Searching the sources")).toBeVisible();

    stream.send("retrieval", { index: 0, passages: 2, searched: 12 });
    await expect.element(turn(question).getByText("2 passages found, writing")).toBeVisible();
    stream.send("token", { index: 0, text: "An hour is named by its " });
    stream.send("token", { index: 0, text: "end. [1]" });
    await expect.element(turn(question).getByText("An hour is named by its", { exact: false })).toBeVisible();

    sendAnswer(stream, makeAnswer());
    await expect.element(turn(question).getByText(/^Quoted from the sources, no model used · 1\.2\ss$/)).toBeVisible();
    await expect.element(turn(question)).toHaveAttribute("aria-busy", "false");
    await expect.element(button("Ask")).toBeVisible();
  });

  test("shows whole words only, and marks that do nothing yet", async () => {
    const { stream } = await askStreaming();
    stream.send("retrieval", { index: 0, passages: 1, searched: 12 });
    stream.send("token", { index: 0, text: "Named by its end [1] and beg" });
    await expect.element(turn(question).getByText("Named by its", { exact: false })).toBeVisible();
    expect(turn(question).element().textContent).not.toContain("beg");
    await expect.element(turn(question).getByRole("button", { name: /^Source/ })).not.toBeInTheDocument();
  });

  test("is read wherever the network cuts it", async () => {
    const { stream } = await askStreaming();
    const events = [
      ["retrieval", { index: 0, passages: 1, searched: 12 }],
      ["answer", { index: 0, answer: makeAnswer({ answer: "Une heure porte le nom de sa fin. [1]" }) }],
    ] as const;
    const text = events.map(([event, data]) => `event: ${event}\r\ndata: ${JSON.stringify(data)}\r\n\r\n`).join(":\r\n\r\n");
    for (let start = 0; start < text.length; start += 7) stream.sendText(text.slice(start, start + 7));
    stream.end();
    await expect.element(turn(question).getByText("Une heure porte le nom de sa", { exact: false })).toBeVisible();
  });

  test("passes over events that it doesn't know", async () => {
    const { stream } = await askStreaming();
    stream.send("weather", { sunny: true });
    sendAnswer(stream, makeAnswer());
    await expect.element(turn(question).getByText("Quoted from the sources", { exact: false })).toBeVisible();
  });

  test("is told to screen readers when it is there, without its marks", async () => {
    const { stream } = await askStreaming();
    await expect.element(announcement).toHaveTextContent("Searching the sources");
    sendAnswer(stream, makeAnswer());
    await expect.element(announcement).toHaveTextContent("Answer: An hour is named by its end.");
  });

  test("makes the next question wait in the field until it is whole", async () => {
    await askStreaming();
    await ask("Another question");
    await expect.element(turn("Another question")).not.toBeInTheDocument();
    await expect.element(field).toHaveValue("Another question");
  });

  test.each([
    ["Enter", () => userEvent.keyboard("{Enter}")],
    ["the button", () => button("Ask").click()],
  ])("asked with %s, stays in view until the reader moves the page", async (_name, send) => {
    const { streams: [stream = new FakeStream()] } = serveStreams();
    await renderAskPage();
    await field.fill(question);
    await send();
    stream.send("retrieval", { index: 0, passages: 1, searched: 12 });
    stream.send("token", { index: 0, text: "word\n\n".repeat(24) });
    await expect.poll(() => scrollY).toBeGreaterThan(0);
    scrollTo(0, 0);
    await userEvent.keyboard("{PageUp}");
    stream.send("token", { index: 0, text: "word\n\n".repeat(24) });
    await expect.poll(() => turn(question).element().querySelectorAll("p").length).toBeGreaterThan(40);
    expect(scrollY).toBe(0);
  });
});

describe("Stop", () => {
  test("ends the request and keeps whole words; asking again starts in the same place", async () => {
    const { streams, requests } = serveStreams(2);
    await renderAskPage();
    await ask(question);
    streams[0]?.send("retrieval", { index: 0, passages: 2, searched: 12 });
    streams[0]?.send("token", { index: 0, text: "An hour is named by its e" });
    await expect.element(turn(question).getByText("An hour is named by", { exact: false })).toBeVisible();
    await button("Stop").click();
    await expect.element(turn(question).getByText("Stopped. What was written until then is kept.")).toBeVisible();
    expect(turn(question).getByRole("paragraph").first().element().textContent.trim()).toBe("An hour is named by its");
    await expect.element(announcement).toHaveTextContent("Stopped");

    await button("Ask again").click();
    await expect.poll(() => requests.length).toBe(2);
    if (streams[1]) sendAnswer(streams[1], makeAnswer());
    await expect.element(turn(question).getByText("Quoted from the sources", { exact: false })).toBeVisible();
    expect(page.getByRole("heading", { name: question }).elements()).toHaveLength(1);
  });

  test("before anything came, says so", async () => {
    await askStreaming();
    await button("Stop").click();
    await expect.element(turn(question).getByText("Stopped before an answer came.")).toBeVisible();
    await expect.element(page.getByRole("alert")).not.toBeInTheDocument();
  });
});

describe("what fails", () => {
  const retried = async (answer: () => void) => {
    answer();
    await button("Try again").click();
  };

  test("a refusal says what happened, what to do and which request it was, and can be tried again", async () => {
    const { streams } = serveStreams();
    serveApi({ "POST /api/ask": () => problem(429, "RATE_LIMITED", "Too many questions", "Wait a minute, then try again.") });
    await renderAskPage();
    await ask(question);
    const alert = turn(question).getByRole("alert");
    await expect.element(alert).toMatchTextContent(/Too many questions.*Wait a minute, then try again\..*0199f3a0-0000/);
    await retried(() => void serveApi({ "POST /api/ask": (request) => streams[0]?.answering(request) ?? Response.error() }));
    if (streams[0]) sendAnswer(streams[0], makeAnswer());
    await expect.element(turn(question).getByText("Quoted from the sources", { exact: false })).toBeVisible();
    await expect.element(alert).not.toBeInTheDocument();
  });

  test("without a connection, the question stays and can be asked again", async () => {
    serveApi({});
    await renderAskPage();
    await ask(question);
    await expect.element(turn(question).getByRole("alert")).toMatchTextContent("The server couldn’t be reached");
    await retried(() => void serveApi({ "POST /api/ask": () => problem(503, "DATABASE_UNAVAILABLE", "The database is away", "Try later.") }));
    await expect.element(turn(question).getByRole("alert")).toMatchTextContent("The database is away");
  });

  test("an error halfway keeps what was written", async () => {
    const { stream } = await askStreaming();
    stream.send("retrieval", { index: 0, passages: 1, searched: 12 });
    stream.send("token", { index: 0, text: "An hour is named by its end. " });
    stream.send("error", { title: "The model failed", status: 502, code: "UPSTREAM_UNAVAILABLE", detail: "Try again." });
    await expect.element(turn(question).getByRole("alert")).toMatchTextContent("The model failed");
    await expect.element(turn(question).getByText("An hour is named by its end.")).toBeVisible();
  });

  test("a connection that breaks keeps what was written", async () => {
    const { stream } = await askStreaming();
    stream.send("token", { index: 0, text: "An hour is named by its end. " });
    await expect.element(turn(question).getByText("0 passages found, writing")).toBeVisible();
    stream.break();
    await expect.element(turn(question).getByRole("alert")).toMatchTextContent("The connection failed or broke off.");
    await expect.element(turn(question).getByText("An hour is named by its end.")).toBeVisible();
  });

  test("a stream that ends without an answer is a failure", async () => {
    const { stream } = await askStreaming();
    stream.send("retrieval", { index: 0, passages: 1, searched: 12 });
    stream.end();
    await expect.element(turn(question).getByRole("alert")).toBeVisible();
  });

  test("an answer that is whole stays when the connection breaks after it", async () => {
    const { stream } = await askStreaming();
    stream.send("answer", { index: 0, answer: makeAnswer() });
    stream.break();
    await expect.element(turn(question).getByText("Quoted from the sources", { exact: false })).toBeVisible();
    await expect.element(page.getByRole("alert")).not.toBeInTheDocument();
  });
});

describe("how the answer came to be", () => {
  test("an answer that the model broke off says so", async () => {
    await answered({ mode: "generated", partial: true, model: "gpt-4.1", usage: { inputTokens: 1_200, outputTokens: 34 } });
    await expect.element(turn(question).getByText("Incomplete: the model stopped before the end.")).toBeVisible();
    await expect.element(turn(question).getByText(/Written by gpt-4\.1 from 1 passage · 1\.2\ss · 1\s234 tokens/)).toBeVisible();
  });

  test("without an answer, the nearest entries are offered, and no sources", async () => {
    await answered({ mode: "abstained", answer: "The sources don’t hold an answer.", citations: [], nearest: [{ title: "Ramp", url: "/help/ramp" }] });
    await expect.element(turn(question).getByText("No answer given · searched 12 passages")).toBeVisible();
    await expect.element(turn(question).getByRole("link", { name: /^Ramp/ })).toHaveAttribute("href", "/help/ramp");
    await expect.element(turn(question).getByRole("list", { name: "Sources" })).not.toBeInTheDocument();
  });

  test("markup in a question and in an answer is text", async () => {
    const hostile = `<img src=x onerror="document.title='pwned'">`;
    const { streams } = serveStreams();
    await renderAskPage();
    await ask(hostile);
    if (streams[0]) sendAnswer(streams[0], makeAnswer({ answer: `${hostile}\n\n- first [1]\n- second [7]` }));
    await expect.element(page.getByRole("heading", { name: hostile })).toBeVisible();
    await expect.poll(() => page.getByRole("listitem").elements().map((item) => item.textContent)).toContain("second[7]");
    expect(document.querySelector("img")).toBeNull();
    expect(document.title).not.toBe("pwned");
  });
});

test("offline, the page says what still works", async () => {
  await renderAskPage();
  const notice = page.getByText("You are offline.", { exact: false });
  await expect.element(notice).not.toBeInTheDocument();
  const online = Object.getOwnPropertyDescriptor(Navigator.prototype, "onLine");
  Object.defineProperty(navigator, "onLine", { configurable: true, value: false });
  dispatchEvent(new Event("offline"));
  await expect.element(notice).toBeVisible();
  Object.defineProperty(navigator, "onLine", online ?? { value: true });
  dispatchEvent(new Event("online"));
  await expect.element(notice).not.toBeInTheDocument();
});
