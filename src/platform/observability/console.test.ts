import { expect, test } from "vitest";
import { redactConsole } from "./console.ts";

test("what is printed loses its credentials, whatever it is made of, and nothing else", () => {
  const printed: string[] = [];
  const print = (...values: unknown[]) => void printed.push(values.join(" "));
  const target = { error: print, warn: print, log: print, info: print, debug: print };
  redactConsole(target);
  const cause = Object.assign(new Error("postgres://user:s3cret@db/x"), { password: "s3cret", code: "P0001" });
  target.error("failed:", new Error("no Bearer s3cret-s3cret-s3cret", { cause }), { apiKey: "s3cret" });
  target.log("100% of %s", "it");
  expect(printed.join("")).not.toMatch(/s3cret/);
  expect(printed[0]).toMatch(/failed: Error: no Bearer \[redacted\].*P0001/s);
  expect(printed[1]).toBe("%s 100% of it");
});
