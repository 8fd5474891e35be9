import { describe, expect, test } from "vitest";
import { createRestorer } from "#platform/security/redaction/restorer.ts";
import { RedactionSession } from "#platform/security/redaction/session.ts";
import type { AnswerPiece } from "./answer-form.ts";
import { restoreAnswer, type RestoredAnswer } from "./restore-answer.ts";

const session = new RedactionSession("K7QX");
const placeholder = session.issue("email", "ana@example.com");
const said = `Write to ${placeholder}, soon`;

async function read(pieces: AnswerPiece[]): Promise<{ texts: string[]; answer: RestoredAnswer }> {
  const texts: string[] = [];
  const restoring = restoreAnswer(pieces, createRestorer(session));
  for (let step = await restoring.next(); ; step = await restoring.next()) {
    if (step.done) return { texts, answer: step.value };
    if (step.value.type === "text") texts.push(step.value.text);
  }
}

describe("restoreAnswer", () => {
  test("puts values back wherever the answer is cut, and keeps it as it came", async () => {
    for (let cut = 0; cut <= said.length; cut += 1) {
      const { texts, answer } = await read([{ type: "text", text: said.slice(0, cut) }, { type: "text", text: said.slice(cut) }, { type: "end", finish: "stop" }]);
      expect(answer).toEqual({ redacted: said, text: "Write to ana@example.com, soon", finish: "stop" });
      expect(texts.join("")).toBe(answer.text);
      expect(texts).not.toContain("");
    }
  });

  test("says what was held back at the end, and that an answer without an end has none", async () => {
    expect(await read([{ type: "text", text: "See [" }])).toEqual({ texts: ["See ", "["], answer: { redacted: "See [", text: "See [", finish: "unknown" } });
  });

  test("closes what it reads from when nobody reads on", async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<AnswerPiece> {
      try {
        for (;;) yield await Promise.resolve({ type: "text", text: "word " });
      } finally {
        closed = true;
      }
    }
    for await (const _ of restoreAnswer(endless(), createRestorer(session))) break;
    expect(closed).toBe(true);
  });
});
