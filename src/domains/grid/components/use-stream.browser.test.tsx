import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { render } from "vitest-browser-react";
import { useState } from "react";
import { useStream } from "./use-stream.ts";

/** An EventSource that the test plays the server of. */
class PlayedSource extends EventTarget {
  static opened: PlayedSource[] = [];
  closed = false;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    PlayedSource.opened.push(this);
  }
  close() {
    this.closed = true;
  }
  say(type: string, lastEventId: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(type, { lastEventId, data: JSON.stringify(data) }));
  }
}
const observation = (value: number) => ({
  stream: "ontario-demand", source: "ieso.realtime-totals", region: "CA-ON", metric: "demand", fuel: null, item: null, unit: "MW",
  start: "2026-11-21T12:00:00Z", end: "2026-11-21T12:05:00Z", value, quality: "measured", revision: false,
});

function Shown() {
  const [values, setValues] = useState<(number | null)[]>([]);
  const [resets, setResets] = useState(0);
  const { connection, statuses } = useStream(["ontario-demand", "ontario-price"], {
    onObservation: ({ value }) => setValues((before) => [...before, value]),
    onReset: () => setResets((before) => before + 1),
  });
  return <p role="status">{`${connection} ${values.join(",")} ${resets} ${statuses["ontario-demand"]?.state ?? "unknown"}`}</p>;
}

let hidden = false;
const show = (is: boolean) => {
  hidden = !is;
  document.dispatchEvent(new Event("visibilitychange"));
};
const last = () => PlayedSource.opened.at(-1) as PlayedSource;

beforeEach(() => {
  hidden = false;
  PlayedSource.opened = [];
  vi.stubGlobal("EventSource", PlayedSource);
  vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("tells what comes, one connection for all streams, and goes on where it was", async () => {
  const screen = await render(<Shown />);
  const says = () => expect.element(screen.getByRole("status"));
  expect(PlayedSource.opened.map(({ url }) => url)).toEqual(["/api/streams/ontario-demand,ontario-price"]);
  last().dispatchEvent(new Event("open"));
  last().say("status", "7", { stream: "ontario-demand", state: "off", enabled: false, says: "Off." });
  last().say("observation", "8", observation(15_000));
  await says().toHaveTextContent("open 15000 0 off");
  last().dispatchEvent(new Event("error"));
  await says().toHaveTextContent("connecting 15000 0 off");
  await expect.poll(() => last().url).toBe("/api/streams/ontario-demand,ontario-price?last_event_id=8");
  last().say("reset", "9", { stream: "ontario-demand", says: "Too old.", history: "/x" });
  await says().toHaveTextContent("connecting 15000 1 off");
});

test("pauses while the tab is hidden, and closes with the component", async () => {
  const screen = await render(<Shown />);
  last().say("observation", "21", observation(1));
  show(false);
  await expect.element(screen.getByRole("status")).toHaveTextContent("paused 1 0 unknown");
  expect(last().closed).toBe(true);
  show(true);
  expect(PlayedSource.opened).toHaveLength(2);
  expect(last().url).toMatch(/last_event_id=21$/);
  await screen.unmount();
  expect(last().closed).toBe(true);
});
