import { expect, test } from "vitest";
import { readEventStream, type ServerSentEvent } from "./event-stream.ts";

async function read(chunks: Uint8Array[]): Promise<ServerSentEvent[]> {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const events: ServerSentEvent[] = [];
  for await (const event of readEventStream(stream)) events.push(event);
  return events;
}

const bytes = (text: string) => new TextEncoder().encode(text);

const text = 'event: token\ndata: {"text":"Québec → 5 ¢ 💡"}\n\n: a comment\nevent: done\ndata: {}\n\n';
const expected = [
  { event: "token", data: '{"text":"Québec → 5 ¢ 💡"}' },
  { event: "done", data: "{}" },
];

test.each([
  ["LF", text],
  ["CRLF", text.replaceAll("\n", "\r\n")],
  ["CR", `${text.replaceAll("\n", "\r")}:\r`],
])("events come out whole, cut at any byte (%s)", async (_name, body) => {
  const all = bytes(body);
  for (let cut = 0; cut <= all.length; cut++) {
    expect(await read([all.slice(0, cut), all.slice(cut)])).toEqual(expected);
  }
});

test("one byte at a time gives the same events", async () => {
  expect(await read(Array.from(bytes(text.replaceAll("\n", "\r\n")), (byte) => Uint8Array.of(byte)))).toEqual(expected);
});

test("data lines are joined; one space after the colon is dropped, further ones stay", async () => {
  expect(await read([bytes("data: one\ndata:two\ndata:  three\n\n")])).toEqual([
    { event: "message", data: "one\ntwo\n three" },
  ]);
});

test("a field without a colon, unknown fields and events without data are passed over", async () => {
  expect(await read([bytes("event: empty\n\nid: 4\nretry: 10\nunknown\ndata\n\n")])).toEqual([
    { event: "message", data: "" },
  ]);
});

test("an unfinished event at the end is dropped", async () => {
  expect(await read([bytes("data: whole\n\ndata: half\n")])).toEqual([{ event: "message", data: "whole" }]);
});

test("the source is cancelled when the reader stops early", async () => {
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(bytes("data: x\n\n")),
    cancel: () => void (cancelled = true),
  });
  for await (const event of readEventStream(stream)) {
    expect(event.data).toBe("x");
    break;
  }
  expect(cancelled).toBe(true);
});
