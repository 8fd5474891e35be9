import { afterEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { deserialize, serialize } from "#domains/assistant/components/conversation.ts";
import { makeAnswer } from "../../../../tests/support/answers.ts";
import { ask, button, field, forgetConversation, renderAskPage, sendAnswer, serveStreams, turn } from "../../../../tests/support/ask-page.tsx";
import { visit } from "../../../../tests/support/next/navigation.ts";

const key = "tieline.ask";
const stored = () => deserialize(sessionStorage.getItem(key)).map(({ question, state }) => [question, state.phase]);

afterEach(() => forgetConversation());

/** First, since a page reads its tab's history once. */
test("after a reload, the tab's questions are there; one that was being answered counts as stopped", async () => {
  sessionStorage.setItem(
    key,
    serialize([
      { id: "a", question: "What is hour ending?", state: { phase: "answered", answer: makeAnswer() } },
      { id: "b", question: "What is a ramp?", state: { phase: "writing", passages: 2, text: "A ramp is a" } },
    ]),
  );
  const { requests } = serveStreams(0);
  visit(`/ask?q=${encodeURIComponent("What is hour ending?")}`);
  await renderAskPage();
  await expect.element(turn("What is hour ending?").getByText("Quoted from the sources", { exact: false })).toBeVisible();
  await expect.element(turn("What is a ramp?").getByText("Stopped. What was written until then is kept.")).toBeVisible();
  // The address holds a question whose answer is known: it isn't asked again.
  expect(requests).toHaveLength(0);
});

test("an address with a question asks it, once", async () => {
  const { streams, requests } = serveStreams();
  visit(`/ask?q=${encodeURIComponent(" What is a ramp? ")}`);
  await renderAskPage();
  await expect.element(turn("What is a ramp?")).toBeVisible();
  if (streams[0]) sendAnswer(streams[0], makeAnswer({ question: "What is a ramp?" }));
  await expect.element(turn("What is a ramp?").getByText("Quoted from the sources", { exact: false })).toBeVisible();
  expect(requests).toHaveLength(1);
});

test("a question that is asked stands in the address and is asked once", async () => {
  const { streams, requests } = serveStreams();
  await renderAskPage();
  await ask("Why do negative prices occur?");
  await expect.poll(() => location.search).toBe(`?q=${encodeURIComponent("Why do negative prices occur?")}`);
  if (streams[0]) sendAnswer(streams[0], makeAnswer());
  await expect.element(button("Copy answer")).toBeVisible();
  expect(requests).toHaveLength(1);
});

test("each answer is kept in the tab's storage, the newest last", async () => {
  const { streams } = serveStreams(2);
  await renderAskPage();
  await expect.element(page.getByText("Nothing asked yet")).toBeVisible();
  await expect.element(field).toHaveAttribute("placeholder", "Ask about the grid");
  for (const [index, question] of ["First?", "Second?"].entries()) {
    await ask(question);
    const stream = streams[index];
    if (stream) sendAnswer(stream, makeAnswer({ question }));
    await expect.element(turn(question).getByText("Quoted from the sources", { exact: false })).toBeVisible();
  }
  await expect.poll(stored).toEqual([["First?", "answered"], ["Second?", "answered"]]);
  await expect.element(field).toHaveAttribute("placeholder", "Ask another question");
  await expect.element(page.getByText("Nothing asked yet")).not.toBeInTheDocument();
});

test("what is being written is kept when the page goes away", async () => {
  const { streams } = serveStreams();
  await renderAskPage();
  await ask("First?");
  streams[0]?.send("token", { index: 0, text: "Half of " });
  await expect.element(page.getByText(/passages found, writing$/)).toBeVisible();
  dispatchEvent(new PageTransitionEvent("pagehide"));
  expect(deserialize(sessionStorage.getItem(key))[0]?.state).toEqual({ phase: "stopped", text: "Half of " });
});

test("clearing empties page, storage and address; Undo brings the questions back", async () => {
  const { streams } = serveStreams();
  await renderAskPage();
  await expect.element(button("Clear history")).not.toBeInTheDocument();
  await ask("First?");
  if (streams[0]) sendAnswer(streams[0], makeAnswer());
  await expect.element(button("Copy answer")).toBeVisible();
  await button("Clear history").click();
  await expect.element(turn("First?")).not.toBeInTheDocument();
  expect(sessionStorage.getItem(key)).toBeNull();
  expect(location.search).toBe("");
  await button("Undo").click();
  await expect.element(turn("First?").getByText("Quoted from the sources", { exact: false })).toBeVisible();
  expect(stored()).toEqual([["First?", "answered"]]);
  await expect.element(button("Undo")).not.toBeInTheDocument();
});

test("clearing stops an answer that is on its way, and the next question ends the undoing", async () => {
  const { requests } = serveStreams(2);
  await renderAskPage();
  await ask("First?");
  await expect.poll(() => requests.length).toBe(1);
  await button("Clear history").click();
  await expect.poll(() => requests[0]?.signal.aborted).toBe(true);
  await expect.element(button("Undo")).toBeVisible();
  await ask("Second?");
  await expect.element(button("Undo")).not.toBeInTheDocument();
});

test("without storage, the questions last as long as the page", async () => {
  const { streams } = serveStreams();
  const blocked = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("Blocked", "SecurityError");
  });
  await renderAskPage();
  await ask("First?");
  if (streams[0]) sendAnswer(streams[0], makeAnswer());
  await expect.element(turn("First?").getByText("Quoted from the sources", { exact: false })).toBeVisible();
  expect(blocked).toHaveBeenCalled();
});
