/**
 * npm run bench:gateway: prints what the gateway adds to a call of a model, at 200 calls a second (--rate), beside direct calls to the same
 * local OpenAI-compatible server in the same run: a bare request, and one through the vendor's client. --engine server|embedded,
 * --seconds N of each phase (3), --rounds N (3), --json FILE.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { definePrompt, type LlmCall } from "#domains/llm/index.ts";
import { callModel } from "#domains/llm/server.ts";
import { insertPrice } from "#domains/llm/prices/price-queries.ts";
import { providerFor } from "#domains/llm/providers/provider.ts";
import { anonymous, system } from "#platform/auth/principal.ts";
import { reloadEnvironment } from "#platform/config/environment.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { inspect } from "../support/database.ts";
import { publish, withLoad } from "./machine.ts";
import { figure, type Findings } from "./report.ts";
import { openEmbeddedStore, openServerStore } from "./retrieval/store.ts";
import { percentile } from "./statistics.ts";

process.env["LOG_LEVEL"] ??= "error";
const { values } = parseArgs({ options: { engine: { type: "string" }, seconds: { type: "string", default: "3" }, rounds: { type: "string", default: "3" }, rate: { type: "string", default: "200" }, json: { type: "string" } } });
const [seconds, rounds, perSecond] = [Number(values.seconds), Number(values.rounds), Number(values.rate)];
const engines = { server: openServerStore, embedded: openEmbeddedStore };

const prompt = definePrompt({ id: "bench", purpose: "Measures.", versions: [{ version: 1, since: "2026-11-21", change: "The first one.", instructions: "Answer from the passages, each claim cited." }] });
const passage = "The pool price is the hourly price of electricity in Alberta. It is settled each hour from the system marginal price, which the last unit dispatched sets. ".repeat(6);
let serial = 0;
const inputOf = () => ({ passages: [1, 2, 3, 4, 5, 6].map((number) => ({ number, title: "Pool price", text: `${passage}Line ${(serial += 1)}.` })), question: "What is the pool price in Alberta?" });

/** Milliseconds to the first piece of text, to the last, and until everything was over. */
interface Times {
  first: number;
  last: number;
  over: number;
}
type Call = () => Promise<Times>;
let failures = 0;

async function timed(pieces: AsyncIterable<boolean>): Promise<Times> {
  const started = performance.now();
  let [first, last] = [0, 0];
  for await (const isText of pieces) {
    last = performance.now() - started;
    if (isText && first === 0) first = last;
  }
  return { first, last, over: performance.now() - started };
}

/** The protocol and nothing else. */
async function* bare(baseUrl: string, input: LlmCall["input"]): AsyncGenerator<boolean> {
  const body = { model: "fake-model", stream: true, max_tokens: 100, stream_options: { include_usage: true }, messages: [{ role: "system", content: prompt.instructions }, { role: "user", content: JSON.stringify(input) }] };
  const response = await fetch(`${baseUrl}/chat/completions`, { method: "POST", headers: { "content-type": "application/json", authorization: "Bearer k" }, body: JSON.stringify(body) });
  for await (const chunk of response.body ?? []) yield Buffer.from(chunk).includes("content");
}

async function* byClient(input: LlmCall["input"]): AsyncGenerator<boolean> {
  const [provider] = providerFor("ask");
  if (!provider) throw new Error("No model is configured");
  const { signal } = new AbortController();
  for await (const { type } of provider.stream({ instructions: prompt.instructions, input: JSON.stringify(input), maxOutputTokens: 100, signal })) yield type === "text";
}

async function* byGateway(input: LlmCall["input"], address: string): AsyncGenerator<boolean> {
  const call: LlmCall = { endpoint: "ask", prompt, input, maxOutputTokens: 100, principal: anonymous, address, signal: new AbortController().signal, question: "What is the pool price in Alberta?", cacheable: true };
  for await (const { type } of callModel(call)) yield type === "text";
}

/** So many calls a second, begun on time whether or not earlier ones have ended. */
async function phase(call: Call): Promise<Times[]> {
  const begun = performance.now();
  const running: Promise<Times>[] = [];
  for (let n = 0; n < seconds * perSecond; n += 1) {
    const wait = begun + (n * 1_000) / perSecond - performance.now();
    if (wait > 1) await new Promise((resume) => setTimeout(resume, wait));
    const one = call();
    // One that fails before all have begun is counted below.
    one.catch(() => undefined);
    running.push(one);
  }
  const ended = await Promise.allSettled(running);
  failures += ended.filter(({ status }) => status === "rejected").length;
  return ended.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
}

async function startModel(): Promise<{ baseUrl: string; stop(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "local-model.ts")], { stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => child.kill());
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return { baseUrl: line, stop: () => void child.kill() };
}

async function measure(engine: keyof typeof engines, baseUrl: string): Promise<Findings> {
  const store = await engines[engine]();
  try {
    await inspect("update app.llm_budgets set limit_usd = 1000000");
    const rate = { service: "standard", tier: 0 } as const;
    await db.as(system("bench"), (tx) => insertPrice(tx, {
      provider: "openai", model: "fake-model", version: "fake@1", origin: "checked-in", effectiveFrom: null, effectiveTo: null, tierAbove: null, source: "bench", asOf: "2026-11-01", note: "",
      rates: [{ ...rate, bucket: "input", usdPerMillion: "0.1" }, { ...rate, bucket: "output", usdPerMillion: "0.7" }],
    }));
    const address = () => `10.${(serial >> 16) & 255}.${(serial >> 8) & 255}.${serial & 255}`;
    const known = inputOf();
    const ways: Record<"bare" | "client" | "gateway" | "hit", Call> = {
      bare: () => timed(bare(baseUrl, inputOf())),
      client: () => timed(byClient(inputOf())),
      gateway: () => timed(byGateway(inputOf(), address())),
      hit: () => ((serial += 1), timed(byGateway(known, address()))),
    };
    for (const way of Object.values(ways)) for (let n = 0; n < 50; n += 1) await way();
    const found: Record<keyof typeof ways, Times[]> = { bare: [], client: [], gateway: [], hit: [] };
    for (let round = 0; round < rounds; round += 1) for (const [name, way] of Object.entries(ways)) found[name as keyof typeof ways].push(...(await phase(way)));
    const all = (name: keyof typeof ways, time: keyof Times) => found[name].map((times) => times[time]);
    const added = (time: keyof Times, share: number, to: "bare" | "client") => percentile(all("gateway", time), share) - percentile(all(to, time), share);
    const overheads = (["client", "bare"] as const).flatMap((to) => {
      const name = to === "client" ? "the same client alone" : "a bare request";
      return [
        figure(`added to the last chunk, p50, over ${name}`, "ms", [added("last", 0.5, to)], { goal: { most: 3 } }),
        figure(`added to the last chunk, p95, over ${name}`, "ms", [added("last", 0.95, to)], { goal: { most: 8 } }),
        figure(`added to the first chunk, p50, over ${name}`, "ms", [added("first", 0.5, to)], { goal: { most: 5 } }),
      ];
    });
    const [row] = await inspect<{ n: number }>("select count(*)::int as n from app.llm_call_log");
    return {
      title: `Calls of a model at ${perSecond} a second, books on ${engine === "server" ? "a Postgres server" : "PGlite"}`,
      figures: [
        figure("gateway, to the last chunk", "ms", all("gateway", "last"), { baseline: { name: "bare request", samples: all("bare", "last") } }),
        figure("gateway, to the first chunk", "ms", all("gateway", "first"), { baseline: { name: "bare request", samples: all("bare", "first") } }),
        figure("vendor's client alone, to the last chunk", "ms", all("client", "last"), { baseline: { name: "bare request", samples: all("bare", "last") } }),
        figure("gateway, until it is in the books", "ms", all("gateway", "over"), { baseline: { name: "to the last chunk", samples: all("gateway", "last") } }),
        figure("a hit of the cache", "ms", all("hit", "last"), { baseline: { name: "a miss", samples: all("gateway", "last") } }),
        ...overheads,
      ],
      notes: [`${row?.n ?? 0} rows in the books; ${failures} calls failed. The model is a process of its own on the same machine.`],
    };
  } finally {
    await store.close();
  }
}

const model = await startModel();
Object.assign(process.env, { OPENAI_API_KEY: "k", OPENAI_BASE_URL: model.baseUrl, OPENAI_MODEL: "fake-model", GRID_INGEST: "off" });
reloadEnvironment();
try {
  const chosen = (Object.keys(engines) as (keyof typeof engines)[]).filter((engine) => values.engine === undefined || values.engine === engine);
  const findings: Findings[] = [];
  for (const engine of chosen) findings.push(await withLoad(() => measure(engine, model.baseUrl)));
  publish(findings, values.json);
} finally {
  model.stop();
}
