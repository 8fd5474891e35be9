import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, test } from "vitest";
import { inBatches } from "./in-batches.ts";

/** A batch runner whose batches end when the test says so. */
function held(most = 100, triesAlone: (error: unknown) => boolean = () => true) {
  const batches: { items: readonly string[]; end(): void; fail(error: unknown): void }[] = [];
  const submit = inBatches<string, string>({
    most,
    triesAlone,
    run: (items) => new Promise((resolve, reject) => batches.push({ items, end: () => resolve(items.map((item) => `${item}!`)), fail: reject })),
  });
  /** Lets what is due happen. */
  const settled = () => new Promise((resume) => setImmediate(resume));
  return { batches, submit, settled, items: () => batches.map(({ items }) => items.join("")) };
}

describe("inBatches", () => {
  test("the first item goes at once, and what comes meanwhile goes together, in order and in bounds", async () => {
    const { batches, submit, settled, items } = held(3);
    const results = ["a", "b", "c", "d", "e"].map((item) => submit(item));
    expect(items()).toEqual(["a"]);
    batches[0]?.end();
    await settled();
    expect(items()).toEqual(["a", "bcd"]);
    results.push(submit("f"));
    batches[1]?.end();
    await settled();
    expect(items()).toEqual(["a", "bcd", "ef"]);
    batches[2]?.end();
    expect(await Promise.all(results)).toEqual(["a!", "b!", "c!", "d!", "e!", "f!"]);
    const later = submit("g");
    expect(items()).toEqual(["a", "bcd", "ef", "g"]);
    batches[3]?.end();
    expect(await later).toBe("g!");
  });

  test("one item's failure is its own: a batch that fails is tried in single items", async () => {
    const tried: string[] = [];
    const submit = inBatches<string, string>({
      most: 10,
      triesAlone: () => true,
      run: async (items) => {
        tried.push(items.join(""));
        await Promise.resolve();
        if (items.includes("x")) throw new Error(`${items.length} failed`);
        return items.map((item) => `${item}!`);
      },
    });
    const outcomes = await Promise.allSettled(["a", "b", "x", "c"].map((item) => submit(item)));
    expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : (outcome.reason as Error).message))).toEqual(["a!", "b!", "1 failed", "c!"]);
    expect(tried).toEqual(["a", "bxc", "b", "x", "c"]);
    await expect(submit("d")).resolves.toBe("d!");
  });

  test("where trying alone can't help, a batch's failure is each of its items', and the next batch goes on", async () => {
    const { batches, submit, settled, items } = held(10, () => false);
    const outcomes = Promise.allSettled(["a", "b", "c"].map((item) => submit(item)));
    batches[0]?.end();
    await settled();
    const next = submit("d");
    batches[1]?.fail(new Error("away"));
    await settled();
    batches[2]?.end();
    expect(await outcomes).toMatchObject([{ value: "a!" }, { reason: new Error("away") }, { reason: new Error("away") }]);
    expect(await next).toBe("d!");
    expect(items()).toEqual(["a", "bc", "d"]);
  });

  test("what is given up while it waits is left out; what is given up while it runs ends as it would have", async () => {
    const { batches, submit, settled, items } = held();
    const [running, waiting] = [new AbortController(), new AbortController()];
    const outcomes = Promise.allSettled([submit("a", running.signal), submit("b", waiting.signal), submit("c")]);
    running.abort(new Error("left"));
    waiting.abort(new Error("gone"));
    batches[0]?.end();
    await settled();
    expect(items()).toEqual(["a", "c"]);
    batches[1]?.end();
    expect(await outcomes).toMatchObject([{ value: "a!" }, { reason: new Error("gone") }, { value: "c!" }]);
  });

  test("a queue of nothing but what was given up leaves it ready for more", async () => {
    const { batches, submit, settled } = held();
    const gone = AbortSignal.abort(new Error("gone"));
    await expect(submit("a", gone)).rejects.toThrow("gone");
    await settled();
    const later = submit("b");
    batches[0]?.end();
    expect(await later).toBe("b!");
  });

  test("a batch runs in the context of its first item, whoever began the line", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const submit = inBatches<string, string>({
      most: 10,
      triesAlone: () => true,
      run: async (items) => {
        seen.push(storage.getStore());
        await Promise.resolve();
        return items;
      },
    });
    await Promise.all(["one", "two", "three"].map((name) => storage.run(name, () => submit(name))));
    expect(seen).toEqual(["one", "two"]);
  });

  test("a runner that answers too little fails what it left out", async () => {
    const submit = inBatches<string, string>({ most: 10, triesAlone: () => false, run: () => Promise.resolve([]) });
    await expect(submit("a")).rejects.toThrow("fewer results");
  });
});
