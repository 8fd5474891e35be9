/** Upstash's REST interface over a real Redis, as far as its clients speak it: single commands, pipelines, base64 answers. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Redis } from "ioredis";
import { z } from "zod";

const Command = z.array(z.union([z.string(), z.number()])).min(1);

export interface FakeUpstash {
  url: string;
  token: string;
  close: () => Promise<void>;
}

export async function startFakeUpstash(redisUrl: string): Promise<FakeUpstash> {
  const token = "token-of-the-test";
  const redis = new Redis(redisUrl, { protocol: 2, maxRetriesPerRequest: 0 });
  redis.on("error", () => undefined);
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const encode = request.headers["upstash-encoding"] === "base64" ? toBase64 : (value: unknown) => value;
    const run = async (command: unknown) => {
      const [name = "", ...args] = Command.parse(command).map(String);
      return redis.call(name, ...args).then((result) => ({ result: encode(result) }), (error: unknown) => ({ error: error instanceof Error ? error.message : "unknown" }));
    };
    void (async () => {
      if (request.headers.authorization !== `Bearer ${token}`) return answer(401, { error: "WRONGPASS invalid or missing auth token" });
      const body = await bodyOf(request);
      if (request.url === "/pipeline") return answer(200, await Promise.all(z.array(z.unknown()).parse(body).map(run)));
      const result = await run(body);
      return answer("error" in result ? 400 : 200, result);
    })().catch((error: unknown) => answer(500, { error: String(error) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      redis.disconnect();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString()) as unknown;
}

/** Strings at any depth, except OK; numbers and null as they are. */
function toBase64(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toBase64);
  return typeof value === "string" && value !== "OK" ? Buffer.from(value).toString("base64") : value;
}
