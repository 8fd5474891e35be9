/**
 * A process that makes calls of models through the gateway, on the database, the model and the cache that the environment names: one for each
 * line it reads, whose JSON is the call's input. It prints "ready"; then, of each call, a line when its first text has come and one when it is over.
 */
import { createInterface } from "node:readline";
import { isAppError } from "#lib/errors.ts";
import { definePrompt } from "#domains/llm/index.ts";
import { callModel } from "#domains/llm/server.ts";
import { anonymous } from "#platform/auth/principal.ts";

const prompt = definePrompt({ id: "test", purpose: "Tests.", versions: [{ version: 1, since: "2026-11-21", change: "The first one.", instructions: "Repeat." }] });
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function make(question: string): Promise<void> {
  let text = "";
  try {
    for await (const event of callModel({ endpoint: "ask", prompt, input: { question }, maxOutputTokens: 100, principal: anonymous, address: "203.0.113.9", signal: new AbortController().signal, cacheable: true })) {
      if (event.type === "end") continue;
      if (text === "") say({ question, state: "begun" });
      text += event.text;
    }
    say({ question, state: "ended", text });
  } catch (error) {
    say({ question, state: "failed", text: isAppError(error) ? error.code : String(error) });
  }
}

process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) void make(line);
