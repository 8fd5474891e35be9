import { expect, test } from "vitest";
import { oneATurn } from "./one-a-turn.ts";

const turn = () => new Promise((resume) => setImmediate(resume));

test("what comes alone runs at once", () => {
  const done: string[] = [];
  oneATurn()(() => done.push("alone"));
  expect(done).toEqual(["alone"]);
});

test("what comes together runs one a turn, in its order", async () => {
  const take = oneATurn();
  const done: number[] = [];
  for (const number of [1, 2, 3]) take(() => done.push(number));
  const seen = [done.length];
  for (let turns = 0; turns < 3; turns += 1) {
    await turn();
    seen.push(done.length);
  }
  expect(seen).toEqual([1, 2, 3, 3]);
  expect(done).toEqual([1, 2, 3]);
});

test("a timer that is due comes before the rest of a burst", async () => {
  const take = oneATurn();
  const done: string[] = [];
  await new Promise<void>((resolve) => {
    setTimeout(() => done.push("timer"), 1);
    for (let n = 0; n < 20; n += 1) {
      take(() => {
        const until = performance.now() + 2;
        while (performance.now() < until);
        done.push("request");
        if (n === 19) resolve();
      });
    }
  });
  expect(done.indexOf("timer")).toBeLessThan(5);
});

test("it goes on after work that throws, and after a rest", async () => {
  const take = oneATurn();
  const done: string[] = [];
  expect(() => take(() => { throw new Error("its own"); })).toThrow("its own");
  take(() => done.push("after"));
  await turn();
  await turn();
  take(() => done.push("later"));
  expect(done).toEqual(["after", "later"]);
});
