import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GET as follow } from "#app/api/streams/[key]/route.ts";
import { GET as history } from "#app/api/streams/[key]/history/route.ts";
import { GET as manifest } from "#app/api/streams/route.ts";
import { forgetStreams } from "#domains/grid/streams/stream-manifest.ts";
import { purgeNews } from "#domains/grid/streams/stream-queries.ts";
import type { StreamHistory, StreamView } from "#domains/grid/streams/stream-schema.ts";
import { streamHub } from "#domains/grid/streams/stream-hub.ts";
import { streams } from "#domains/grid/streams/streams.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { demandAt, fiveMinutes, listCatalogue, publishObservations } from "../support/grid-news.ts";
import { call, receivedEvents, type ReceivedEvent } from "../support/http.ts";

const data = <T>(event: ReceivedEvent) => event.data as T;
interface Told { stream: string; value: number | null; revision: boolean; item: string | null }

/** A client of a stream. */
async function open(key: string, { lastEventId, address }: { lastEventId?: string; address?: string } = {}) {
  const leave = new AbortController();
  const response = await call(follow, `/api/streams/${key}`, {
    params: { key }, signal: leave.signal, headers: { accept: "text/event-stream", ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }) }, ...(address === undefined ? {} : { address }),
  });
  const events = response.status === 200 ? receivedEvents(response) : null;
  const next = async () => {
    const step = await events?.next();
    if (!step || step.done === true) throw new Error("The stream has ended");
    return step.value;
  };
  /** So many observations, whatever comes between. */
  const take = async (count: number) => {
    const taken: ReceivedEvent[] = [];
    while (taken.length < count) {
      const event = await next();
      if (event.event === "observation") taken.push(event);
    }
    return taken;
  };
  return { response, next, take, leave: () => leave.abort() };
}

describe.each(engines)("GET /api/streams/{key} on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
    await listCatalogue();
    forgetStreams();
  });
  afterEach(async () => {
    await expect.poll(() => streamHub().readers, { timeout: 5_000 }).toBe(0);
    await opened.close();
  });

  test("a source that is off: the stream opens, says why and stays quiet; what is recorded comes, revisions too, null as null", async () => {
    const client = await open("ontario-demand");
    expect(client.response.headers.get("content-type")).toBe("text/event-stream");
    expect(await client.next()).toMatchObject({ event: "status", data: { stream: "ontario-demand", state: "off", enabled: false, says: expect.stringMatching(/GRID_INGEST/) as string } });
    const start = fiveMinutes(10);
    await publishObservations([demandAt(start, 15_000)], undefined, new Date(Date.now() - 60_000));
    await publishObservations([demandAt(start, 15_100)], undefined, new Date(Date.now() - 30_000));
    await publishObservations([demandAt(start, null)]);
    const taken = await client.take(3);
    expect(taken.map(data<Told>).map(({ value, revision }) => [value, revision])).toEqual([[15_000, false], [15_100, true], [null, true]]);
    expect(data<{ start: string }>(taken[0] as ReceivedEvent).start).toBe(start.toISOString());
    client.leave();
  });

  test("nothing is told of what is old, unchanged, late, of another stream, or a forecast; one of forecasts has those", async () => {
    const hours = (n: number) => new Date(Date.now() - n * 3_600_000);
    const start = fiveMinutes(20);
    await publishObservations([demandAt(hours(49), 1), demandAt(start, 2), demandAt(start, 3, { metric: "supply" }), demandAt(fiveMinutes(-60), 4, { quality: "forecast" })]);
    await publishObservations([demandAt(start, 2)]);
    await publishObservations([demandAt(start, 1)], undefined, hours(1));
    await publishObservations([demandAt(fiveMinutes(-60), 5, { metric: "demand-forecast", quality: "forecast" })], "ieso.adequacy");
    expect(await inspect("select stream, value from app.stream_events order by id")).toEqual([{ stream: "ontario-demand", value: 2 }, { stream: "ontario-demand-forecast", value: 5 }]);
  });

  test("resumes by Last-Event-ID exactly once, from memory and from the database, while more is written", async () => {
    const starts = Array.from({ length: 40 }, (_, i) => fiveMinutes(600 - 5 * i));
    await publishObservations(starts.slice(0, 10).map((start, i) => demandAt(start, i)));
    const [first] = await inspect<{ id: number }>("select min(id)::int as id from app.stream_events");
    const early = await open("ontario-demand", { lastEventId: String(first?.id) });
    expect((await early.take(9)).map(data<Told>).map(({ value }) => value)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await publishObservations(starts.slice(10, 20).map((start, i) => demandAt(start, 10 + i)));
    const some = await early.take(4);
    early.leave();
    const keeper = await open("ontario-demand");
    const writing = Promise.all([20, 25, 30, 35].map((at) => publishObservations(starts.slice(at, at + 5).map((start, i) => demandAt(start, at + i)))));
    const again = await open("ontario-demand", { lastEventId: some.at(-1)?.id ?? "" });
    const rest = (await again.take(26)).map(data<Told>).map(({ value }) => value ?? -1);
    await writing;
    expect(rest.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 26 }, (_, i) => 14 + i));
    again.leave();
    keeper.leave();
  });

  test("ids follow the order of commits: with several writers at once no reader misses one", async () => {
    const client = await open("ontario-demand,ontario-price");
    const writers = Array.from({ length: 6 }, (_, writer) =>
      Array.from({ length: 8 }, (_each, i) => () => publishObservations(
        [demandAt(fiveMinutes(60 + 5 * (writer * 8 + i)), writer * 8 + i, writer % 2 === 0 ? {} : { metric: "price", unit: "CAD/MWh" })], writer % 2 === 0 ? "ieso.realtime-totals" : "ieso.zonal-price")));
    await Promise.all(writers.map(async (jobs) => { for (const job of jobs) await job(); }));
    const taken = await client.take(48);
    const ids = taken.map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(new Set(taken.map(data<Told>).map(({ value }) => value)).size).toBe(48);
    client.leave();
  });

  test.each(["1", "999999999999", "nonsense"])("what can't be gone on from (%s) is a reset that names the history, then what follows", async (lastEventId) => {
    await publishObservations([demandAt(fiveMinutes(30), 1), demandAt(fiveMinutes(25), 2)]);
    expect(await db.as(system("test"), (tx) => purgeNews(tx, new Date(Date.now() + 1_000)))).toBe(2);
    const client = await open("ontario-demand", { lastEventId });
    expect((await client.next()).event).toBe("status");
    expect(await client.next()).toMatchObject({ event: "reset", data: { stream: "ontario-demand", history: "/api/streams/ontario-demand/history" } });
    await publishObservations([demandAt(fiveMinutes(20), 3)]);
    const [told] = await client.take(1);
    expect(told?.data).toMatchObject({ value: 3 });
    client.leave();
    const later = await open("ontario-demand", { lastEventId: told?.id ?? "" });
    await publishObservations([demandAt(fiveMinutes(15), 4)]);
    expect((await later.take(1)).map(data<Told>)).toMatchObject([{ value: 4 }]);
    later.leave();
  });

  test("a reader that is too slow is let go with a sentence, and finds all when it comes back", async () => {
    const client = await open("ontario-generators");
    await client.next();
    const start = fiveMinutes(60);
    const outputs = Array.from({ length: 1_100 }, (_, i) => demandAt(start, i, { metric: "generation", item: `G${i}` }));
    await publishObservations(outputs, "ieso.generator-output");
    await expect.poll(() => streamHub().readers, { timeout: 5_000 }).toBe(0);
    const told: ReceivedEvent[] = [];
    let last = await client.next();
    for (; last.event === "observation"; last = await client.next()) told.push(last);
    expect(last).toMatchObject({ event: "error", data: { code: "RATE_LIMITED", detail: expect.stringMatching(/Last-Event-ID/) as string } });
    const again = await open("ontario-generators", { lastEventId: told.at(-1)?.id ?? "0" });
    expect(await again.take(1_100 - told.length)).toHaveLength(1_100 - told.length);
    again.leave();
  });

  test("a hundred readers cost one statement a second, and none is asked without a reader", async () => {
    const clients = await Promise.all(Array.from({ length: 100 }, () => open("ontario-demand")));
    expect(streamHub().readers).toBe(100);
    const polls = streamHub().polls;
    await new Promise((resume) => setTimeout(resume, 2_200));
    expect(streamHub().polls - polls).toBeLessThanOrEqual(3);
    await publishObservations([demandAt(fiveMinutes(10), 7)]);
    expect((await Promise.all(clients.map((client) => client.take(1)))).flat()).toHaveLength(100);
    for (const client of clients) client.leave();
    await expect.poll(() => streamHub().readers, { timeout: 5_000 }).toBe(0);
    const quiet = streamHub().polls;
    await new Promise((resume) => setTimeout(resume, 1_500));
    expect(streamHub().polls).toBe(quiet);
  });

  test("one address has 32 places, given back when a reader leaves; there is no stream of another name", async () => {
    const address = "198.51.100.7";
    const clients = await Promise.all(Array.from({ length: 32 }, () => open("ontario-demand", { address })));
    const refused = await open("ontario-demand", { address });
    expect(refused.response.status).toBe(429);
    expect(await refused.response.json()).toMatchObject({ code: "RATE_LIMITED", detail: expect.stringMatching(/commas/) as string });
    clients.pop()?.leave();
    await expect.poll(async () => {
      const client = await open("ontario-demand", { address });
      clients.push(client);
      return client.response.status;
    }).toBe(200);
    for (const client of clients) client.leave();
    expect((await open("ontario-nothing")).response.status).toBe(404);
    expect((await open("Ontario%20demand")).response.status).toBe(400);
  });
});

describe("GET /api/streams", () => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase("embedded");
    await listCatalogue();
    forgetStreams();
  });
  afterEach(() => opened.close());

  test("lists every stream, how it does and its newest interval", async () => {
    const start = fiveMinutes(15);
    await publishObservations([demandAt(start, 15_000), demandAt(fiveMinutes(10), null)]);
    const { streams: views } = (await (await call(manifest, "/api/streams")).json()) as { streams: StreamView[] };
    expect(views.map(({ key }) => key)).toEqual(streams.map(({ key }) => key));
    expect(views[0]).toMatchObject({
      key: "ontario-demand", state: "off", enabled: false, unit: "MW", newest: { start: start.toISOString() },
      links: { events: "/api/streams/ontario-demand", history: "/api/streams/ontario-demand/history" },
    });
    expect(views[1]?.newest).toBeNull();
  });

  test("the public views say the same", async () => {
    await publishObservations([demandAt(fiveMinutes(15), 15_000)]);
    const keys = streams.map(({ key }) => ({ key })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(await inspect("select key from public.stream_manifest order by key collate \"C\"")).toEqual(keys);
    expect(await inspect("select last_event_id is not null as told, events_last_hour from public.stream_health where key = 'ontario-demand'")).toEqual([{ told: true, events_last_hour: 1 }]);
  });
});

describe("GET /api/streams/{key}/history", () => {
  let opened: TestDatabase;
  beforeEach(async () => void (opened = await openTestDatabase("embedded")));
  afterEach(() => opened.close());
  const read = async (key: string, query = "") => {
    const response = await call(history, `/api/streams/${key}/history${query}`, { params: { key } });
    return { status: response.status, body: (await response.json()) as StreamHistory };
  };

  test("reads page by page, the newest first, each value once, within a range", async () => {
    const starts = Array.from({ length: 5 }, (_, i) => fiveMinutes(60 - 5 * i));
    await publishObservations(starts.flatMap((start, i) => ["A", "B", "C"].map((item) => demandAt(start, i, { metric: "intertie-flow", item }))), "ieso.intertie-flow");
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body }: { body: StreamHistory } = await read("ontario-interties", `?limit=4${cursor === null ? "" : `&cursor=${cursor}`}`);
      expect(body.values.length).toBeLessThanOrEqual(4);
      seen.push(...body.values.map(({ value, item }) => `${value} ${item}`));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([4, 3, 2, 1, 0].flatMap((value) => ["A", "B", "C"].map((item) => `${value} ${item}`)));
    const { body } = await read("ontario-interties", `?from=${starts[1]?.toISOString()}&to=${starts[2]?.toISOString()}`);
    expect(body.values.map(({ value }) => value)).toEqual([1, 1, 1]);
  });

  test("is empty where nothing was recorded, and refuses what it can't understand", async () => {
    expect(await read("ontario-demand")).toMatchObject({ status: 200, body: { values: [], nextCursor: null } });
    expect((await read("nothing")).status).toBe(404);
    for (const query of ["?limit=0", "?limit=1001", "?cursor=abc", "?from=yesterday"]) expect((await read("ontario-demand", query)).status).toBe(400);
  });
});
