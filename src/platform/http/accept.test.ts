import { expect, test } from "vitest";
import { wantsEventStream } from "./accept.ts";

test.each([
  "text/event-stream",
  "Text/Event-Stream",
  "text/event-stream; charset=utf-8",
  "text/event-stream, */*;q=0.1",
  "application/json, text/event-stream",
  "application/json;q=0.5, text/event-stream;q=0.9",
  "text/event-stream;q=0.5",
  "text/event-stream;q=0.5, application/json;q=0.5",
  "text/event-stream;q=0.5, application/*;q=0.2, */*",
])("%s asks for events", (accept) => {
  expect(wantsEventStream(accept)).toBe(true);
});

test.each([
  null,
  "",
  "*/*",
  "text/*",
  "application/json",
  "text/html,application/xhtml+xml,*/*;q=0.8",
  "text/event-stream;q=0",
  "text/event-stream;q=0.000",
  "text/event-stream;q=0.5, application/json",
  "text/event-stream;q=0.5, */*",
  "text/event-stream;q=0.4, application/*;q=0.5, */*;q=0.1",
  "text/event-stream;q=2",
  "text/event-stream;q=x",
  "text/event-streams",
])("%s asks for JSON", (accept) => {
  expect(wantsEventStream(accept)).toBe(false);
});
