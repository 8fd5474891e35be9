import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { useDatabase } from "#platform/db/database.ts";
import { createServerCopy } from "../support/database.ts";
import { withEnvironment } from "../support/environment.ts";
import { startFakeProvider } from "../support/fake-provider.ts";

describe("the commands", () => {
  let copy: { url: string; drop(): Promise<void> };
  let dataDir: string;
  let restore = () => undefined as void;

  beforeAll(async () => {
    copy = await createServerCopy();
    dataDir = await mkdtemp(join(tmpdir(), "tieline-commands-"));
  });
  afterEach(() => {
    restore();
    process.exitCode = undefined;
    useDatabase(undefined);
  });
  afterAll(async () => {
    await copy.drop();
    await rm(dataDir, { recursive: true });
  });

  /** Runs a command as its file does when started; answers what it printed and how it ended. */
  async function run(name: "seed" | "db-diff" | "db-migrate" | "calibrate" | "ingest", variables: Record<string, string | undefined>, args: string[] = []) {
    restore = withEnvironment({ DATABASE_URL: undefined, ...variables });
    vi.spyOn(process, "argv", "get").mockReturnValue([process.execPath, name, ...args]);
    const printed: string[] = [];
    const hear = (...values: unknown[]) => void printed.push(values.map(String).join(" "));
    const spies = [vi.spyOn(console, "log").mockImplementation(hear), vi.spyOn(console, "error").mockImplementation(hear)];
    vi.resetModules();
    await import(`../../src/commands/${name}.ts`);
    for (const spy of spies) spy.mockRestore();
    return { output: printed.join("\n"), exitCode: process.exitCode ?? 0 };
  }

  test("db:migrate has nothing to do on a migrated database", async () => {
    expect(await run("db-migrate", { DATABASE_URL: copy.url })).toEqual({ output: "Nothing to apply.", exitCode: 0 });
  });

  test.each([
    ["a source without its credentials", ["kaggle.dataset"], /KAGGLE_API_TOKEN/],
    ["the same, to be shown only", ["kaggle.dataset", "--dry-run"], /KAGGLE_API_TOKEN/],
    ["a source without its key", ["aeso.smp", "--dry-run"], /AESO_API_KEY/],
    ["a time of which nothing is published", ["ieso.hoep", "--from", "2030-01-01", "--to", "2030-02-01"], /ieso\.hoep publishes nothing of that time/],
  ])("ingest says that it read nothing: %s", async (_, args, says) => {
    const { output, exitCode } = await run("ingest", { DATABASE_URL: copy.url, KAGGLE_API_TOKEN: undefined, KAGGLE_USERNAME: undefined, KAGGLE_KEY: undefined, AESO_API_KEY: undefined }, args);
    expect({ output, exitCode }).toEqual({ output: expect.stringMatching(says) as string, exitCode: 1 });
  });

  test("ingest shows nothing of a file that it wouldn't store", async () => {
    const file = join(dataDir, "future.csv");
    const rows = (year: number) => `\\\\Hourly Demand Report,,,\n\\\\Created at 2026-01-02 07:30:00,,,\n\\\\For ${year},,,\nDate,Hour,Market Demand,Ontario Demand\n${year}-01-01,1,17000,15000\n`;
    const outcomes = [];
    for (const year of [2026, 2098]) {
      await writeFile(file, rows(year));
      for (const flags of [[], ["--dry-run"]]) {
        const { output, exitCode } = await run("ingest", { DATABASE_URL: copy.url }, ["ieso.demand", "--file", file, ...flags]);
        outcomes.push([year, exitCode, output.includes("is no forecast but was to come")]);
        restore();
        process.exitCode = undefined;
      }
    }
    expect(outcomes).toEqual([[2026, 0, false], [2026, 0, false], [2098, 1, true], [2098, 1, true]]);
  });

  test("a server that asks to be left alone is, by every process on the database", async () => {
    const provider = await startFakeProvider();
    provider.serve("/busy", { kind: "status", status: 429, retryAfter: "3600" });
    const args = ["ieso.demand", "--url", provider.url("/busy")];
    const settings = { DATABASE_URL: copy.url, OUTBOUND_ALLOWED_HOSTS: provider.host };
    try {
      expect(await run("ingest", settings, args)).toMatchObject({ exitCode: 1, output: expect.stringContaining("left alone until") as string });
      const other = promisify(execFile)(process.execPath, ["--conditions=react-server", "src/commands/ingest.ts", ...args, "--dry-run"], { env: { ...process.env, ...settings } });
      await expect(other).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("left alone until") as string });
      expect(provider.requests).toHaveLength(1);
    } finally {
      await provider.close();
    }
  });

  test("db:diff finds a database that matches, and names what differs in one that doesn't", async () => {
    expect(await run("db-diff", { DATABASE_URL: copy.url })).toEqual({ output: "The database matches supabase/migrations.", exitCode: 0 });
    restore();
    const client = new pg.Client({ connectionString: copy.url });
    await client.connect();
    await client.query("create table app.stray (id int); alter table app.documents drop column url; delete from supabase_migrations.schema_migrations where version = '20261121000600'");
    await client.end();
    const { output, exitCode } = await run("db-diff", { DATABASE_URL: copy.url });
    expect(exitCode).toBe(1);
    expect(output).toContain("not applied: 20261121000600_assistant");
    expect(output).toContain("- column app.documents.url text not null");
    expect(output).toContain("+ table app.stray");
  });

  test.each(["db-diff", "db-migrate"] as const)("%s asks for DATABASE_URL", async (name) => {
    const { output, exitCode } = await run(name, {});
    expect([output, exitCode]).toEqual([expect.stringContaining("Set DATABASE_URL"), 1]);
  });

  test("seed fills an embedded database that no server has open", async () => {
    const { output, exitCode } = await run("seed", { DATA_DIR: dataDir });
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^Seeding PGlite in .*\nHelp: \d+ written, 0 unchanged/);
  });

  test("calibrate measures the public corpus by a labelled set and says what it finds", async () => {
    const { output, exitCode } = await run("calibrate", { DATA_DIR: dataDir }, ["--questions", "tests/evaluations/golden/tuning.jsonl", "--dry-run"]);
    expect([output, exitCode]).toEqual([expect.stringMatching(/84 questions\nAnswered from a match of 0\.\d+ on[^]*Nothing was stored\./), 0]);
  });

  test("calibrate says what it takes, and which line of a set is wrong", async () => {
    const set = join(dataDir, "set.jsonl");
    await writeFile(set, '{"question":"a","answerable":true}\n{"question":7}\n');
    expect(await run("calibrate", { DATA_DIR: dataDir })).toMatchObject({ exitCode: 1, output: expect.stringContaining("--questions FILE") });
    expect(await run("calibrate", { DATA_DIR: dataDir }, ["--questions", set])).toMatchObject({ exitCode: 1, output: expect.stringContaining("line 2") });
  });

  test("a database that can't be reached is said to be so", async () => {
    const { output, exitCode } = await run("seed", { DATABASE_URL: "postgres://127.0.0.1:1/nothing" });
    expect([output, exitCode]).toEqual([expect.stringMatching(/ECONNREFUSED/), 1]);
  });
});
