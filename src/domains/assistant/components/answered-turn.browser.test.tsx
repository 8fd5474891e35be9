import { beforeEach, describe, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { makeAnswer } from "../../../../tests/support/answers.ts";
import { ask, button, forgetConversation, renderAskPage, turn } from "../../../../tests/support/ask-page.tsx";
import { FakeStream, pending, problem, serveApi } from "../../../../tests/support/fake-api.ts";

const question = "What is hour ending?";
const stored = () => new Response(null, { status: 204 });
const comment = page.getByRole("textbox", { name: /personal details/ });

async function showAnswer(feedback: () => Response | Promise<Response> = stored): Promise<Request[]> {
  const stream = new FakeStream();
  const requests = serveApi({ "POST /api/ask": stream.answering, "POST /api/ask/feedback": feedback });
  await renderAskPage();
  await ask(question);
  stream.send("answer", { index: 0, answer: makeAnswer() });
  stream.end();
  await expect.element(button("Helpful")).toBeVisible();
  requests.length = 0;
  return requests;
}

/** Lets faked time pass and the page show what came of it. Waiting with expect.element would move the clock further. */
async function passes(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
}

beforeEach(() => forgetConversation());

describe("feedback on an answer", () => {
  test("is sent with one press, and shows which", async () => {
    const requests = await showAnswer();
    await button("Helpful").click();
    await expect.element(button("Helpful")).toHaveAttribute("aria-pressed", "true");
    await expect.element(button("Not helpful")).toHaveAttribute("aria-pressed", "false");
    await expect.poll(() => requests.length).toBe(1);
    expect(await requests[0]?.json()).toEqual({ answerId: makeAnswer().id, helpful: true });
  });

  test("can be changed, and the question after it follows", async () => {
    const requests = await showAnswer();
    await button("Helpful").click();
    await expect.element(page.getByText("What helped, if you like", { exact: false })).toBeVisible();
    await button("Not helpful").click();
    await expect.element(page.getByText("What was wrong or missing, if you like", { exact: false })).toBeVisible();
    await expect.element(button("Helpful")).toHaveAttribute("aria-pressed", "false");
    await expect.poll(() => requests.length).toBe(2);
    expect(await requests[1]?.json()).toMatchObject({ helpful: false });
  });

  test("may be explained: the comment goes along and is thanked for", async () => {
    const requests = await showAnswer();
    await button("Not helpful").click();
    await expect.element(button("Send")).toBeDisabled();
    await comment.fill("  Too short ");
    await button("Send").click();
    await expect.element(page.getByText("Thanks for the comment.")).toBeVisible();
    await expect.element(comment).not.toBeInTheDocument();
    expect(await requests[1]?.json()).toEqual({ answerId: makeAnswer().id, helpful: false, comment: "Too short" });
  });

  test("a comment that is on its way can't be sent twice, and isn't thanked for yet", async () => {
    const { answering, answer } = pending();
    let calls = 0;
    await showAnswer(() => ((calls += 1) === 1 ? stored() : answering(new Request(location.href))));
    await button("Helpful").click();
    await comment.fill("Clear and short");
    await button("Send").click();
    await expect.element(button("Sending")).toBeDisabled();
    await expect.element(page.getByText("Thanks for the comment.")).not.toBeInTheDocument();
    answer(stored());
    await expect.element(page.getByText("Thanks for the comment.")).toBeVisible();
  });

  test("needs no comment", async () => {
    const requests = await showAnswer();
    await button("Helpful").click();
    await button("No comment").click();
    await expect.element(comment).not.toBeInTheDocument();
    await expect.element(button("Helpful")).toHaveAttribute("aria-pressed", "true");
    expect(requests).toHaveLength(1);
  });

  test("shows at once, and is taken back with a message when it isn't stored", async () => {
    const { answering, answer } = pending();
    await showAnswer(() => answering(new Request(location.href)));
    await button("Helpful").click();
    await expect.element(button("Helpful")).toHaveAttribute("aria-pressed", "true");
    answer(problem(503, "DATABASE_UNAVAILABLE", "The database is away", "Try again in a minute."));
    const alert = turn(question).getByRole("alert");
    await expect.element(alert).toMatchTextContent("The feedback wasn’t storedTry again in a minute.");
    await expect.element(button("Helpful")).toHaveAttribute("aria-pressed", "false");
    await expect.element(comment).not.toBeInTheDocument();
  });

  test("a comment that isn't stored can be sent again", async () => {
    let away = false;
    await showAnswer(() => (away ? problem(503, "DATABASE_UNAVAILABLE", "The database is away", "Try again in a minute.") : stored()));
    await button("Helpful").click();
    away = true;
    await comment.fill("Clear and short");
    await button("Send").click();
    await expect.element(turn(question).getByRole("alert")).toBeVisible();
    await expect.element(comment).toHaveValue("Clear and short");
    away = false;
    await button("Send").click();
    await expect.element(page.getByText("Thanks for the comment.")).toBeVisible();
    await expect.element(turn(question).getByRole("alert")).not.toBeInTheDocument();
  });
});

describe("copying", () => {
  test("gives the answer with its sources, and says so for a moment", async () => {
    const writeText = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    await showAnswer();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await button("Copy answer").click();
    await expect.element(page.getByText("Copied")).toBeVisible();
    expect(writeText.mock.calls).toEqual([
      [`An hour is named by its end. [1]\n\nSources\n[1] Hour ending, Why ${location.origin}/help/hour-ending#why`],
    ]);
    await passes(1_000);
    expect(page.getByText("Copied").query()).not.toBeNull();
    await passes(1_000);
    expect(page.getByText("Copied").query()).toBeNull();
  });

  test("gives the address that asks the question", async () => {
    const writeText = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    await showAnswer();
    await button("Copy link").click();
    expect(writeText.mock.calls).toEqual([[`${location.origin}/ask?q=What%20is%20hour%20ending%3F`]]);
  });

  test("says when the browser doesn't allow it", async () => {
    vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new DOMException("Denied", "NotAllowedError"));
    await showAnswer();
    await button("Copy answer").click();
    await expect.element(page.getByText("Copying isn’t allowed here")).toBeVisible();
  });
});
