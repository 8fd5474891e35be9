import { connect } from "node:net";
import { expect, test } from "vitest";
import { startRedis } from "../support/servers/redis.ts";

test("a Redis for tests is found or installed, answers, and ends with its process", async () => {
  const redis = await startRedis();
  console.log(redis.description);
  const { hostname, port, password } = new URL(redis.url);
  const socket = connect(Number(port || 6379), hostname);
  const replies = new Promise<string>((resolve, reject) => {
    socket.once("data", (data) => resolve(data.toString()));
    socket.once("error", reject);
  });
  socket.write(password ? `AUTH ${decodeURIComponent(password)}\r\nPING\r\n` : "PING\r\n");
  expect(await replies).toMatch(/^\+(PONG|OK)/);
  socket.destroy();
  await redis.stop();
}, 120_000);
