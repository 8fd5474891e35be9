import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { liteSecrets } from "./lite-secrets.ts";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "tieline-secrets-"))));
afterEach(() => rm(folder, { recursive: true }));

test("are made once, for the user alone, and differ between installations", async () => {
  const file = join(folder, "data", "auth-secrets.json");
  const made = await liteSecrets(file);
  expect(await liteSecrets(file)).toEqual(made);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, "data"))).mode & 0o777).toBe(0o700);
  const other = await liteSecrets(join(folder, "other.json"));
  expect(other.jwtSecret).not.toBe(made.jwtSecret);
  expect(other.publishableKey).not.toBe(made.publishableKey);
});

test("are the same for all who ask at once, and leave no drafts", async () => {
  const file = join(folder, "auth-secrets.json");
  const all = await Promise.all(Array.from({ length: 20 }, () => liteSecrets(file)));
  expect(new Set(all.map(({ jwtSecret }) => jwtSecret)).size).toBe(1);
  expect(await readdir(folder)).toEqual(["auth-secrets.json"]);
});

test.each(["", "{", "{}", '{"jwtSecret":"short","publishableKey":"short"}'])("a file that holds %j is refused and kept", async (text) => {
  const file = join(folder, "auth-secrets.json");
  await writeFile(file, text);
  await expect(liteSecrets(file)).rejects.toThrow(/doesn't hold the secrets/);
  expect(await readFile(file, "utf8")).toBe(text);
});
