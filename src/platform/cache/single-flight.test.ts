import { expect, test } from "vitest";
import { SingleFlight } from "./single-flight.ts";

const never = new AbortController().signal;

test("one works, the others wait for it, and the next one works again", async () => {
  const flight = new SingleFlight();
  const done = await flight.enter("k", never);
  const others = Promise.all([flight.enter("k", never), flight.enter("k", never)]);
  expect(await flight.enter("other", never)).not.toBeNull();
  done?.();
  expect(await others).toEqual([null, null]);
  expect(await flight.enter("k", never)).not.toBeNull();
});

test("who gives up waits no longer", async () => {
  const flight = new SingleFlight();
  await flight.enter("k", never);
  const client = new AbortController();
  const waiting = flight.enter("k", client.signal);
  client.abort(new Error("left"));
  await expect(waiting).rejects.toThrow("left");
});
