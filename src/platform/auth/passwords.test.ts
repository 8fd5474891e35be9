import { describe, expect, test } from "vitest";
import { hashPassword, isPassword } from "./passwords.ts";

describe("15 a password counts to its last byte", () => {
  test.each([
    ["beyond the 72 bytes that bcrypt reads", `${"a".repeat(72)}b`, `${"a".repeat(72)}c`],
    ["in signs of two bytes", `${"é".repeat(36)}b`, `${"é".repeat(36)}c`],
    ["after a zero", "before\0b", "before\0c"],
  ])("%s", async (_, password, other) => {
    const hash = await hashPassword(password);
    expect(hash).toMatch(/^\$2b\$12\$/);
    expect([await isPassword(password, hash), await isPassword(other, hash)]).toEqual([true, false]);
  });

  test("however it was composed on the keyboard", async () => {
    expect(await isPassword("cafe\u0301-au-lait", await hashPassword("caf\u00e9-au-lait"))).toBe(true);
  });

  test("where there is nobody, no password is right", async () => expect(await isPassword("", null)).toBe(false));
});
