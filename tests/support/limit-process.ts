/**
 * One process of several that share a limit: takes `times` units at once from the limiter that the environment names, and
 * prints how many were allowed, by backend. It starts when a line arrives, so that all start together.
 */
import { connectRateLimits, rateLimiter } from "#platform/security/process-limiter.ts";

const [key = "", limit = "", times = ""] = process.argv.slice(2);
await connectRateLimits();
process.stdout.write("ready\n");
await new Promise((resolve) => process.stdin.once("data", resolve));
const policy = { name: "test", limit: Number(limit), windowMs: 3_600_000 };
const decisions = await Promise.all(Array.from({ length: Number(times) }, () => rateLimiter().check(key, policy)));
const allowed = Object.fromEntries(["redis", "upstash", "memory"].map((backend) => [backend, decisions.filter((each) => each.allowed && each.backend === backend).length]));
process.stdout.write(`${JSON.stringify({ allowed, backends: [...new Set(decisions.map(({ backend }) => backend))] })}\n`);
process.exit(0);
