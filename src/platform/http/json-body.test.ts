import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeJson, readBody } from "./json-body.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function chunked(
  chunks: Uint8Array[],
  headers: Record<string, string> = {},
): { request: Request; state: { cancelled: boolean; sent: number } } {
  const state = { cancelled: false, sent: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[state.sent];
        if (!chunk) return controller.close();
        state.sent += 1;
        controller.enqueue(chunk);
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const init: RequestInit & { duplex: "half" } = { method: "POST", body, headers, duplex: "half" };
  return { request: new Request("http://t/", init), state };
}

describe("readBody", () => {
  test("returns the bytes, however they were cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 50 }).filter((chunk) => chunk.length > 0)),
        async (chunks) => {
          expect(Array.from(await readBody(chunked(chunks).request))).toEqual(
            chunks.flatMap((chunk) => Array.from(chunk)),
          );
        },
      ),
    );
  });

  test("is empty without a body", async () => {
    expect((await readBody(new Request("http://t/", { method: "POST" }))).byteLength).toBe(0);
  });

  test("takes exactly the limit, and refuses one byte more", async () => {
    expect((await readBody(chunked([new Uint8Array(10)]).request, 10)).byteLength).toBe(10);
    await expect(readBody(chunked([new Uint8Array(10), new Uint8Array(1)]).request, 10)).rejects.toMatchObject({
      code: "BODY_TOO_LARGE",
    });
  });

  test("its limit is 256 kB", async () => {
    expect((await readBody(chunked([new Uint8Array(262_144)]).request)).byteLength).toBe(262_144);
    await expect(readBody(chunked([new Uint8Array(262_145)]).request)).rejects.toMatchObject({
      code: "BODY_TOO_LARGE",
    });
  });

  test("stops reading an endless body as soon as it is too large", async () => {
    const { request, state } = chunked(Array.from({ length: 1_000 }, () => new Uint8Array(4)));
    await expect(readBody(request, 10)).rejects.toMatchObject({ code: "BODY_TOO_LARGE" });
    expect(state).toEqual({ cancelled: true, sent: 3 });
  });

  test("reads nothing of a body that announces too much", async () => {
    const { request, state } = chunked([new Uint8Array(1)], { "content-length": "11" });
    await expect(readBody(request, 10)).rejects.toMatchObject({ code: "BODY_TOO_LARGE" });
    expect(state.sent).toBe(0);
  });

  test("refuses a body that was cut off on the way", async () => {
    const { request } = chunked([new Uint8Array(8)], { "content-length": "9" });
    await expect(readBody(request, 10)).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  });

  test("refuses a body whose connection broke", async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error("ECONNRESET")) });
    const init: RequestInit & { duplex: "half" } = { method: "POST", body, duplex: "half" };
    await expect(readBody(new Request("http://t/", init))).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  });
});

describe("decodeJson", () => {
  const json = new Headers({ "content-type": "application/json" });
  const codeOf = (bytes: Uint8Array, headers = json) => {
    try {
      decodeJson(bytes, headers);
      return "accepted";
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  test("decodes whatever JSON can say", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        expect(decodeJson(bytesOf(text), json)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("an empty body is undefined, whatever its type", () => {
    expect(decodeJson(new Uint8Array(), new Headers())).toBeUndefined();
  });

  test.each([
    "application/json",
    "Application/JSON",
    "application/json;charset=utf-8",
    'application/json; charset="UTF-8"',
    " application/json ; charset=utf8",
  ])("accepts %j", (type) => {
    expect(codeOf(bytesOf("{}"), new Headers({ "content-type": type }))).toBe("accepted");
  });

  test.each([
    "",
    "text/plain",
    "text/plain; application/json",
    "application/jsonp",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
  ])("refuses %j", (type) => {
    expect(codeOf(bytesOf("{}"), new Headers(type === "" ? {} : { "content-type": type }))).toBe(
      "UNSUPPORTED_MEDIA_TYPE",
    );
  });

  test("refuses a compressed body", () => {
    const headers = new Headers({ "content-type": "application/json", "content-encoding": "gzip" });
    expect(codeOf(bytesOf("{}"), headers)).toBe("UNSUPPORTED_MEDIA_TYPE");
  });

  test.each(["{", "{} {}", "undefined", "NaN", "{'a':1}", "[1,]", "\u00a0{}"])(
    "refuses %j, which is not JSON",
    (text) => {
      expect(codeOf(bytesOf(text))).toBe("INVALID_REQUEST");
    },
  );

  test("refuses bytes that are not UTF-8", () => {
    expect(codeOf(Uint8Array.of(0x22, 0xff, 0x22))).toBe("INVALID_REQUEST");
  });

  test.each([
    ["arrays", (depth: number) => "[".repeat(depth) + "]".repeat(depth)],
    ["objects", (depth: number) => '{"a":'.repeat(depth) + "1" + "}".repeat(depth)],
  ])("takes %s 32 levels deep, and refuses 33", (_kind, nested) => {
    expect(codeOf(bytesOf(nested(32)))).toBe("accepted");
    expect(codeOf(bytesOf(nested(33)))).toBe("INVALID_REQUEST");
  });

  test("survives a body that is nothing but depth", () => {
    expect(codeOf(bytesOf("[".repeat(131_072) + "]".repeat(131_072)))).toBe("INVALID_REQUEST");
  });
});
