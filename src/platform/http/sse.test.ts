import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeEvent, encodeHeartbeat } from "./sse.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("an event has a name, an id and one line of JSON", () => {
  expect(text(encodeEvent({ event: "token", id: 2, data: { text: "a\nb" } }))).toBe(
    'event: token\nid: 2\ndata: {"text":"a\\nb"}\n\n',
  );
});

test("no data can end the line, or the event, before its time", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      const lines = text(encodeEvent({ event: "e", id: 1, data })).split(/\r\n|\r|\n/);
      expect(lines).toHaveLength(5);
      expect(JSON.parse(lines[2]?.slice("data: ".length) ?? "")).toEqual(JSON.parse(JSON.stringify(data)));
    }),
  );
});

test("a heartbeat is a comment", () => {
  expect(text(encodeHeartbeat())).toBe(":\n\n");
});
