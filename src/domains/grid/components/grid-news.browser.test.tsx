import { beforeEach, expect, test, vi } from "vitest";
import { render } from "vitest-browser-react";
import { useFetched } from "#ui/use-fetched.ts";
import { GridNews, LiveMark, useNews } from "./grid-news.tsx";

/** An EventSource that the test plays the server of. */
class PlayedSource extends EventTarget {
  static opened: PlayedSource[] = [];
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    PlayedSource.opened.push(this);
  }
  close() {}
  say(type: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(type, { lastEventId: "1", data: JSON.stringify(data) }));
  }
}

beforeEach(() => {
  PlayedSource.opened = [];
  vi.stubGlobal("EventSource", PlayedSource);
  return () => vi.unstubAllGlobals();
});

function Card({ metric }: { metric: "demand" | "price" }) {
  const { told, isLive } = useNews([metric]);
  const { answer } = useFetched({ key: metric, load: () => Promise.resolve((asked[metric] += 1)), refreshMs: isLive ? 600_000 : 500_000, news: told });
  return <p>{`${metric} ${answer ?? "none"} ${isLive}`}</p>;
}
let asked = { demand: 0, price: 0 };

const streams = [{ key: "ontario-demand", metrics: ["demand"] as const }, { key: "ontario-price", metrics: ["price"] as const }];
const status = (stream: string, enabled: boolean) => ({ stream, state: enabled ? "on-time" : "off", enabled, says: "" });
const observation = (value: number) => ({
  stream: "ontario-demand", source: "ieso.realtime-totals", region: "CA-ON", metric: "demand", fuel: null, item: null, unit: "MW",
  start: "2026-11-21T12:00:00Z", end: "2026-11-21T12:05:00Z", value, quality: "measured", revision: false,
});

test("one connection tells all cards; a card asks again once for many values of its own, and not for those of others", async () => {
  asked = { demand: 0, price: 0 };
  const screen = await render(
    <GridNews streams={streams}>
      <Card metric="demand" />
      <Card metric="price" />
      <LiveMark />
    </GridNews>,
  );
  await expect.poll(() => PlayedSource.opened.length).toBe(1);
  const [source] = PlayedSource.opened;
  expect(source?.url).toBe("/api/streams/ontario-demand,ontario-price");
  source?.dispatchEvent(new Event("open"));
  source?.say("status", status("ontario-demand", true));
  source?.say("status", status("ontario-price", false));
  await expect.element(screen.getByText("demand 1 true")).toBeInTheDocument();
  await expect.element(screen.getByText("price 1 false")).toBeInTheDocument();
  await expect.element(screen.getByRole("status")).toHaveTextContent("Live");
  for (const value of [1, 2, 3]) source?.say("observation", observation(value));
  await expect.element(screen.getByText("demand 2 true")).toBeInTheDocument();
  expect(asked).toEqual({ demand: 2, price: 1 });
  source?.dispatchEvent(new Event("error"));
  await expect.element(screen.getByRole("status")).toHaveTextContent("Connecting again; values come every two minutes");
  await expect.element(screen.getByText("demand 2 false")).toBeInTheDocument();
});

test("without a source that tells anything, nothing claims to be live", async () => {
  asked = { demand: 0, price: 0 };
  const screen = await render(
    <GridNews streams={streams}>
      <Card metric="demand" />
      <LiveMark />
    </GridNews>,
  );
  await expect.poll(() => PlayedSource.opened.length).toBe(1);
  PlayedSource.opened[0]?.dispatchEvent(new Event("open"));
  PlayedSource.opened[0]?.say("status", status("ontario-demand", false));
  await expect.element(screen.getByText("demand 1 false")).toBeInTheDocument();
  await expect.element(screen.getByRole("status")).toHaveTextContent("");
});
