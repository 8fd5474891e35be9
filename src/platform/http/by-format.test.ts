import { describe, expect, test } from "vitest";
import { z } from "zod";
import { call } from "../../../tests/support/http.ts";
import { byFormat, route } from "./route.ts";

const rows = route({
  summary: "All rows",
  auth: "anyone",
  limit: "default",
  query: z.object({ name: z.enum(["a", "b"]), format: z.enum(["json", "csv"]).default("json") }),
  result: byFormat(z.object({ rows: z.array(z.int()) }), { csv: { contentType: "text/csv; charset=utf-8", filename: ({ name }) => `rows-${String(name)}.csv` } }),
  etag: ({ query }) => `version of ${query.name}`,
  cacheSeconds: ({ query }) => (query.name === "a" ? 60 : 0),
  handle: ({ query }) => (query.format === "csv" ? pieces() : { rows: [1, 2] }),
});

async function* pieces(): AsyncGenerator<string> {
  yield "row\r\n";
  yield "1\r\n2\r\n";
}

describe("a result by format", () => {
  test("is JSON unless a file's format is asked for", async () => {
    const response = await call(rows, "/api/rows?name=a");
    expect([response.headers.get("content-type"), await response.json()]).toEqual(["application/json", { rows: [1, 2] }]);
    expect(response.headers.get("content-disposition")).toBeNull();
  });

  test("is a file, named by what was asked, without a version", async () => {
    const response = await call(rows, "/api/rows?name=b&format=csv", { headers: { "if-none-match": "*" } });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/csv; charset=utf-8", "content-disposition": 'attachment; filename="rows-b.csv"', "cache-control": "no-store",
    });
    expect(response.headers.get("etag")).toBeNull();
    expect(await response.text()).toBe("row\r\n1\r\n2\r\n");
  });

  test("in a format that it doesn't have is refused", async () => {
    expect((await call(rows, "/api/rows?name=a&format=constructor")).status).toBe(400);
  });

  test("may be kept for as long as its route says, and is asked for each time otherwise", async () => {
    const [kept, asked] = [await call(rows, "/api/rows?name=a"), await call(rows, "/api/rows?name=b")];
    expect([kept.headers.get("cache-control"), asked.headers.get("cache-control")]).toEqual(["public, max-age=60", "no-cache"]);
    const again = await call(rows, "/api/rows?name=a", { headers: { "if-none-match": kept.headers.get("etag") ?? "" } });
    expect([again.status, again.headers.get("cache-control")]).toEqual([304, "public, max-age=60"]);
  });
});
