import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fetchOutbound } from "#platform/security/outbound.ts";
import { resetEnvironment, useEnvironment } from "../support/http.ts";

const limits = { timeoutMs: 1_000, maxBytes: 10_000 };
let server: Server;
let host: string;
const seen: { url: string | undefined; authorization: string | undefined }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url, authorization: request.headers.authorization });
    const path = request.url ?? "/";
    if (path === "/ok") return void response.setHeader("etag", '"1"').end("hello");
    if (path === "/gzip") return void response.setHeader("content-encoding", "gzip").end(gzipSync("packed"));
    if (path === "/br") return void response.setHeader("content-encoding", "br").end(brotliCompressSync("packed"));
    if (path === "/bomb") return void response.setHeader("content-encoding", "gzip").end(gzipSync(Buffer.alloc(5_000_000)));
    if (path === "/broken-gzip") return void response.setHeader("content-encoding", "gzip").end(gzipSync("a".repeat(5_000)).subarray(0, 20));
    if (path === "/long") return void response.end(Buffer.alloc(20_000));
    if (path === "/cut") return void response.setHeader("content-length", "100").write("half", () => request.socket.destroy());
    if (path === "/hang") return;
    if (path === "/slow-body") return void response.write("start");
    if (path === "/loop") return void response.writeHead(302, { location: "/loop" }).end();
    if (path.startsWith("/to/")) return void response.writeHead(302, { location: decodeURIComponent(path.slice(4)) }).end();
    response.writeHead(404).end("nothing");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  useEnvironment({ OUTBOUND_ALLOWED_HOSTS: host });
});
afterAll(async () => {
  resetEnvironment();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const get = async (path: string) => {
  const { status, bytes } = await fetchOutbound(`http://${host}${path}`, limits);
  return [status, Buffer.from(bytes).toString()];
};

describe("a request that leaves", () => {
  test("reads bodies, packed ones too, and statuses as they are", async () => {
    expect(await get("/ok")).toEqual([200, "hello"]);
    expect(await get("/gzip")).toEqual([200, "packed"]);
    expect(await get("/br")).toEqual([200, "packed"]);
    expect(await get("/none")).toEqual([404, "nothing"]);
    expect(await get(`/to/${encodeURIComponent("/ok")}`)).toEqual([200, "hello"]);
    expect((await fetchOutbound(`http://${host}/ok`, limits)).header("etag")).toBe('"1"');
  });

  test.each([
    ["/bomb", /more than 10000 bytes/],
    ["/long", /more than 10000 bytes/],
    ["/broken-gzip", /can't be read/],
    ["/cut", /can't be read/],
    ["/hang", /in time/],
    ["/slow-body", /in time/],
    ["/loop", /redirects more than 5 times/],
  ])("%s fails, and says so", async (path, message) => {
    await expect(get(path)).rejects.toMatchObject({ name: "OutboundFailed", message: expect.stringMatching(message) as string });
  });

  test("the caller's abort ends it", async () => {
    const leave = new AbortController();
    const going = fetchOutbound(`http://${host}/hang`, { ...limits, signal: leave.signal });
    setTimeout(() => leave.abort(new Error("left")), 50);
    await expect(going).rejects.toThrow("left");
  });

  const inside = () => [
    "http://127.0.0.1:1/", `http://localhost:${host.split(":")[1]}/ok`, "https://127.0.0.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://2130706433/", "https://0x7f.1/",
    "https://169.254.169.254/latest/meta-data", "https://10.0.0.1/", "https://[fd00::1]/", "https://localhost/", "https://0/",
  ];

  test("never goes into a private network, nor over plain http", async () => {
    for (const address of [...inside(), "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "data:,x", "javascript:1", "", "//example.com", "https://user:secret@example.com/"]) {
      await expect(fetchOutbound(address, limits)).rejects.toMatchObject({ name: "OutboundRefused" });
    }
  });

  test.each([
    ["file:///etc/passwd", /^file:\/\/ isn't https.*begins with https:\/\/.*OUTBOUND_ALLOWED_HOSTS/],
    ["", /^"" is no address: give one that begins with https/],
    ["https://user:secret@example.com/", /^https:\/\/example\.com: .*Leave the name and password out/],
    ["https://10.0.0.1/", /private network.*OUTBOUND_ALLOWED_HOSTS/],
  ])("says what to do instead of %j", async (address, says) => {
    await expect(fetchOutbound(address, limits)).rejects.toMatchObject({ name: "OutboundRefused", message: expect.stringMatching(says) as string });
  });

  test("is not led there by a redirect either", async () => {
    for (const address of inside()) {
      await expect(get(`/to/${encodeURIComponent(address)}`)).rejects.toMatchObject({ name: "OutboundRefused" });
    }
  });

  test("shows its credentials to the host they are for alone", async () => {
    const port = host.split(":")[1];
    useEnvironment({ OUTBOUND_ALLOWED_HOSTS: `${host},localhost:${port}` });
    seen.length = 0;
    const headers = { authorization: "Basic secret" };
    await fetchOutbound(`http://${host}/to/${encodeURIComponent(`http://localhost:${port}/ok`)}`, { ...limits, headers });
    await fetchOutbound(`http://${host}/to/${encodeURIComponent("/ok")}`, { ...limits, headers });
    expect(seen.map(({ authorization }) => authorization)).toEqual(["Basic secret", undefined, "Basic secret", "Basic secret"]);
    useEnvironment({ OUTBOUND_ALLOWED_HOSTS: host });
  });
});
