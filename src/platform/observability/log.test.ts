import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { createLogger } from "./log.ts";
import { redactLine } from "./log-redaction.ts";

function capture(level = "info") {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { logger: createLogger(level, stream), lines, last: () => JSON.parse(lines.at(-1) ?? "null") as unknown };
}

test("a line is one JSON object with time, level by name, and message", () => {
  const { logger, lines, last } = capture();
  logger.info({ route: "/api/help" }, "request");
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  expect(last()).toEqual({
    level: "info",
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    route: "/api/help",
    msg: "request",
  });
});

test("writes nothing below its level", () => {
  const { logger, lines } = capture("warn");
  logger.info("quiet");
  expect(lines).toEqual([]);
});

describe("credentials never reach the stream", () => {
  const secret = "s3cr3t-s3cr3t-s3cr3t";

  test.each([
    [{ authorization: `Bearer ${secret}` }],
    [{ headers: { Authorization: `Digest ${secret}` } }],
    [{ req: { headers: { cookie: `session=${secret}; theme="dark"` } } }],
    [{ headers: { "Set-Cookie": [`a=${secret}`, `b="${secret}"`] } }],
    [{ deep: [{ password: `quo"te\\${secret}` }] }],
    [{ note: `sent Bearer ${secret} upstream` }],
    [{ url: `postgres://user:${secret}@db.test/app` }],
    [{ note: `key sk-${secret} refused` }],
    [{ note: `eyJhbGciOiJIUzI1NiJ9.${secret}.${secret}` }],
  ])("%j", (fields) => {
    const { logger, lines, last } = capture();
    logger.info(fields, "request");
    expect(lines.join("")).not.toContain(secret);
    expect(last()).toMatchObject({ msg: "request" });
  });

  test("nor from the message and stack of an error, its cause included", () => {
    const { logger, lines, last } = capture();
    const cause = new Error(`connect postgres://user:${secret}@db.test/app`);
    logger.error({ err: new Error(`refused Bearer ${secret}`, { cause }) }, "request");
    expect(lines.join("")).not.toContain(secret);
    expect(last()).toMatchObject({ err: { type: "Error", message: expect.stringContaining("refused") } });
  });
});

test("leaves ordinary fields as they are", () => {
  const { logger, last } = capture();
  const fields = { tokens: 12, tokenCount: "12", url: "https://reports-public.ieso.ca/public/a.xml", mail: "a@b.test" };
  logger.info(fields);
  expect(last()).toMatchObject(fields);
});

test("a long hostile line is redacted in linear time", () => {
  const pieces = [
    '"cookie":["a",',
    '"cookie":"',
    '\\"cookie\\":[',
    "a://b",
    "Bearer ",
    "eyJ-",
    "eyJabcdefgh.",
    "sk-",
    " ",
  ];
  const started = performance.now();
  for (const piece of pieces) redactLine(piece.repeat(Math.ceil(60_000 / piece.length)));
  expect(performance.now() - started).toBeLessThan(1_000);
});
