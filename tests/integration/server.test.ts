import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startApp, type AppServer } from "../support/app-server.ts";
import { startFakeOpenAi } from "../support/fake-openai.ts";

const run = promisify(execFile);

describe("the server process", () => {
  let dataDir: string;
  let app: AppServer;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "tieline-server-"));
    app = await startApp({ DATA_DIR: dataDir, RATE_LIMIT_LLM_PER_MINUTE: "5" });
  }, 90_000);
  afterAll(async () => {
    await app.end("SIGKILL");
    await rm(dataDir, { recursive: true });
  });

  const ask = (headers: Record<string, string> = {}, question = "What is hour ending?") =>
    fetch(`${app.url}/api/ask`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify({ question }) });
  const restart = async (signal: NodeJS.Signals, over: Record<string, string> = {}) => {
    const code = await app.end(signal);
    app = await startApp({ DATA_DIR: dataDir, RATE_LIMIT_LLM_PER_MINUTE: "5", ...over });
    return code;
  };

  test("serves pages and the API", async () => {
    expect(await (await fetch(`${app.url}/api/health`)).json()).toMatchObject({ state: "alive" });
    const page = await fetch(app.url);
    expect([page.status, page.headers.get("content-type"), page.headers.get("x-powered-by")]).toEqual([200, "text/html; charset=utf-8", null]);
  });

  test("counts a client by the socket's address, whatever addresses its headers claim", async () => {
    const statuses = [];
    for (let i = 0; i < 7; i += 1) {
      const claim = `203.0.113.${i}`;
      statuses.push((await ask({ "x-forwarded-for": claim, "x-real-ip": claim, forwarded: `for=${claim}`, "x-client-ip": claim })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });

  test("believes as many proxies as TRUSTED_PROXY_HOPS says, and no more", async () => {
    await restart("SIGTERM", { TRUSTED_PROXY_HOPS: "1" });
    const statuses = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await ask({ "x-forwarded-for": `198.51.100.${i}, 203.0.113.9` })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await ask({ "x-forwarded-for": "203.0.113.10" })).status).toBe(200);
  });

  test.each([
    ["GET", "/api/help/%ff", 400, "INVALID_REQUEST", null],
    ["GET", "/help/%E0%A4%A", 400, "INVALID_REQUEST", null],
    ["GET", "/api/ask", 405, "METHOD_NOT_ALLOWED", "POST"],
    ["DELETE", "/api/help/ramp", 405, "METHOD_NOT_ALLOWED", "GET, HEAD"],
    ["GET", "/api/no/such/thing", 404, "NOT_FOUND", null],
  ])("answers %s %s with a problem document", async (method, path, status, code, allow) => {
    const response = await fetch(app.url + path, { method });
    expect([response.status, response.headers.get("allow"), response.headers.get("content-type")]).toEqual([status, allow, "application/problem+json"]);
    expect(await response.json()).toMatchObject({ code, requestId: response.headers.get("x-request-id") });
  });

  test("answers a search for what can't be stored as a search for the rest", async () => {
    expect((await fetch(`${app.url}/help?q=%00ramp`)).status).toBe(200);
  });

  test("limits the search page as it limits the search", async () => {
    await restart("SIGTERM", { RATE_LIMIT_PER_MINUTE: "3" });
    const pages = [];
    for (let i = 0; i < 4; i += 1) pages.push(await (await fetch(`${app.url}/help?q=ramp`)).text());
    expect(pages.map((html) => html.includes("The search couldn’t be run"))).toEqual([false, false, false, true]);
  });

  test("gives each response an id of its own, not the client's", async () => {
    const response = await fetch(`${app.url}/api/help/manifest`, { headers: { "x-request-id": "planted" } });
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("writes one line a request, with what it cost and nothing it said", async () => {
    const response = await ask({}, "What is a very-recognisable-question?");
    const requestId = response.headers.get("x-request-id") ?? "";
    const line = await vi.waitFor(() => {
      const found = app.output().split("\n").find((text) => text.includes(requestId));
      return JSON.parse(found ?? "") as Record<string, unknown>;
    });
    expect(line).toMatchObject({ msg: "request", method: "POST", route: "/api/ask", status: response.status, statements: expect.any(Number) });
    expect(app.output()).not.toContain("very-recognisable-question");
  });

  test("refuses a second process on the same data, and says what to do", async () => {
    await expect(startApp({ DATA_DIR: dataDir })).rejects.toThrow(/is in use by another Tieline process.*DATA_DIR/s);
  });

  test("refuses a port that is taken, and says what to do", async () => {
    await expect(startApp({ PORT: new URL(app.url).port })).rejects.toThrow(/Port \d+ is in use. Choose another with PORT/);
  });

  test("refuses wrong settings at start, naming the variable", async () => {
    await expect(startApp({ RATE_LIMIT_PER_MINUTE: "many" })).rejects.toThrow(/RATE_LIMIT_PER_MINUTE/);
  });

  test("lets commands work on its data while it runs", async () => {
    const env = { ...process.env, DATA_DIR: dataDir };
    const { stdout } = await run(process.execPath, ["--conditions=react-server", "src/commands/seed.ts"], { env });
    expect(stdout).toMatch(/the running server's database\nHelp: 0 written, \d+ unchanged/);
  });

  test("keeps its data across kill -9 in the middle of requests", async () => {
    await restart("SIGTERM", { RATE_LIMIT_LLM_PER_MINUTE: "1000" });
    const { id } = (await (await ask()).json()) as { id: string };
    const busy = Array.from({ length: 20 }, () => ask().catch(() => undefined));
    await restart("SIGKILL", { RATE_LIMIT_LLM_PER_MINUTE: "1000" });
    await Promise.all(busy);
    const feedback = await fetch(`${app.url}/api/ask/feedback`, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ answerId: id, helpful: true }),
    });
    expect(feedback.status).toBe(204);
    expect((await ask()).status).toBe(200);
  });

  test("finishes an open request before it stops, takes no new one, and exits cleanly", async () => {
    const fake = await startFakeOpenAi();
    fake.behave({ kind: "stream", pieces: Array.from({ length: 20 }, () => "word [1] "), pauseMs: 100 });
    await restart("SIGTERM", { OPENAI_API_KEY: "test-key", OPENAI_BASE_URL: fake.baseUrl });
    const response = await ask({ accept: "text/event-stream" });
    const ended = app.end("SIGTERM");
    await new Promise((resume) => setTimeout(resume, 600));
    await expect(fetch(`${app.url}/api/health`)).rejects.toThrow();
    expect(await response.text()).toContain("event: done");
    expect(await ended).toBe(0);
    await fake.close();
    app = await startApp({ DATA_DIR: dataDir });
  }, 60_000);

  test("answers every request that was sent before it was told to stop", async () => {
    await restart("SIGTERM", { RATE_LIMIT_LLM_PER_MINUTE: "10000" });
    await Promise.all(Array.from({ length: 8 }, () => ask()));
    const statuses = Array.from({ length: 40 }, () => ask().then(({ status }) => status, String));
    await new Promise((resume) => setTimeout(resume, 100));
    expect(await app.end("SIGTERM")).toBe(0);
    expect(new Set(await Promise.all(statuses))).toEqual(new Set([200]));
    app = await startApp({ DATA_DIR: dataDir });
  }, 60_000);

  test("doesn't wait for ever: a connection that never ends is cut after SHUTDOWN_TIMEOUT_MS", async () => {
    await restart("SIGTERM", { SHUTDOWN_TIMEOUT_MS: "500" });
    const socket = connect(Number(new URL(app.url).port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write("POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
    await new Promise((resume) => setTimeout(resume, 200));
    expect(await app.end("SIGTERM")).toBe(0);
    app = await startApp({ DATA_DIR: dataDir });
  }, 60_000);
});
