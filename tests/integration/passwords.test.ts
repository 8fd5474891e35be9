import { bulkhead } from "cockatiel";
import { expect, test, vi } from "vitest";
import bcrypt from "bcrypt";
import { hashPassword, isPassword, passwordTurns } from "#platform/auth/passwords.ts";

test("every byte counts, also beyond the 72 that bcrypt reads", async () => {
  const start = "x".repeat(72);
  const hash = await hashPassword(`${start}a`);
  expect(hash).toMatch(/^\$2b\$12\$[./A-Za-z0-9]{53}$/);
  expect(await Promise.all([isPassword(`${start}a`, hash), isPassword(`${start}b`, hash), isPassword(start, hash)])).toEqual([true, false, false]);
  const accents = await hashPassword("é".repeat(37));
  expect(await Promise.all([isPassword("é".repeat(37), accents), isPassword("é".repeat(36), accents)])).toEqual([true, false]);
});

test("the same characters typed on another keyboard are the same password; a NUL cuts nothing off", async () => {
  const hash = await hashPassword("cafe\u0301 au lait\0 and more");
  expect(await Promise.all([isPassword("café au lait\0 and more", hash), isPassword("café au lait", hash)])).toEqual([true, false]);
});

test("where there is no hash nothing matches, after as long a time", async () => {
  const hash = await hashPassword("some password");
  const time = async (against: string | null) => {
    const started = performance.now();
    expect(await isPassword("another password", against)).toBe(false);
    return performance.now() - started;
  };
  await time(hash);
  const [known, unknown] = [Math.min(await time(hash), await time(hash)), Math.min(await time(null), await time(null))];
  // The bench measures it well (npm run bench:admin); here it only must not be nothing.
  expect(unknown).toBeGreaterThan(known / 2);
});

test("a hash without the pepper, and what isn't a hash, match nothing", async () => {
  expect(await isPassword("some password", await bcrypt.hash("some password", 4))).toBe(false);
  expect(await Promise.all(["", "x", "$2b$12$short", "$2y$12$Baim3xqxXlwQIUV0F.N0VeK84uj53VMxMQX3q4t0MSJ9zAuCLmq2i"].map((hash) => isPassword("some password", hash)))).toEqual([false, false, false, false]);
});

test("some are worked on, eight wait, and the rest are told to come again", async () => {
  const taken = passwordTurns.atOnce + passwordTurns.waiting;
  expect(passwordTurns.waiting).toBe(8);
  const outcomes = await Promise.allSettled(Array.from({ length: taken + 4 }, () => isPassword("x", null)));
  const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
  expect(refused).toHaveLength(4);
  for (const error of refused) expect(error).toMatchObject({ code: "RATE_LIMITED", retryAfterSeconds: 3 });
  expect(await isPassword("x", null)).toBe(false);
});

test("so are they by another bundle's copy of the queue, which the process has one of", async () => {
  // As in the built application: the queue was made by a copy of the library whose errors are another class.
  const own = bulkhead(1, 0);
  class Foreign extends Error {
    readonly isBulkheadRejectedError = true;
  }
  vi.spyOn(own, "execute").mockRejectedValue(new Foreign());
  const holder = globalThis as { [key: symbol]: unknown };
  const key = Symbol.for("tieline.password-turns");
  const before = holder[key];
  vi.resetModules();
  holder[key] = own;
  try {
    const { isPassword: other } = await import("#platform/auth/passwords.ts");
    await expect(other("x", null)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  } finally {
    holder[key] = before;
  }
});
