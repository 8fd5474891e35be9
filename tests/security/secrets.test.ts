import { execFileSync } from "node:child_process";
import { globSync, readFileSync, statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { variableNames } from "#platform/config/environment.ts";
import { startApp } from "../support/app-server.ts";
import { createServerCopy } from "../support/database.ts";

const random = () => Array.from({ length: 48 }, () => "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"[Math.floor(Math.random() * 57)]).join("");

/** What the process prints when it refuses to start with these settings. */
async function refusal(environment: Record<string, string>): Promise<string> {
  try {
    const app = await startApp(environment);
    await app.end("SIGKILL");
    return "it started";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("34 production refuses default and short secrets, naming the variable and not its value", () => {
  let database: Awaited<ReturnType<typeof createServerCopy>>;
  beforeAll(async () => void (database = await createServerCopy()));
  afterAll(() => database.drop());

  const bad = ["short-one", "changeme-changeme-changeme-changeme-42", "a".repeat(64), `your_secret_${"x1y2z3w4".repeat(5)}`];
  const cases = ["SESSION_SECRET", "SESSION_SECRET_PREVIOUS", "PASSWORD_PEPPER"].flatMap((name) => bad.map((value) => [name, value] as const));

  test.each(cases)("%s=%s", async (name, value) => {
    const said = await refusal({ [name]: value });
    expect(said).toMatch(/^It ended with 1:/);
    expect(said).toContain(`${name}: `);
    expect(said).not.toContain(value);
  });

  test.each(["METRICS_TOKEN", "SUPABASE_PUBLISHABLE_KEY"])("%s that is too short", async (name) => {
    const said = await refusal({ [name]: "tiny-3c9" });
    expect(said).toMatch(/^It ended with 1:/);
    expect(said).toContain(name);
    expect(said).not.toContain("tiny-3c9");
  });

  test.each(["SESSION_SECRET", "PASSWORD_PEPPER"])("%s that is missing where several processes share a database", async (name) => {
    const said = await refusal({ DATABASE_URL: database.url, SESSION_SECRET: random(), PASSWORD_PEPPER: random(), [name]: "" });
    expect(said).toMatch(/^It ended with 1:/);
    expect(said).toContain(`${name}: is missing`);
  });

  test("a wrong setting says nothing of the others", async () => {
    const planted = { SESSION_SECRET: random(), PASSWORD_PEPPER: random(), OPENAI_API_KEY: `sk-${random()}`, ANTHROPIC_API_KEY: `sk-ant-${random()}`, GEMINI_API_KEY: random(), SMTP_URL: `smtp://user:${random()}@127.0.0.1:1`, METRICS_TOKEN: random() };
    const said = await refusal({ ...planted, RATE_LIMIT_PER_MINUTE: "many" });
    expect(said).toContain("RATE_LIMIT_PER_MINUTE");
    for (const value of Object.values(planted)) expect(said).not.toContain(value);
  });
});

describe("34 what the process is trusted with leaves it nowhere", () => {
  test("neither by its log, nor by a page, nor by the API", async () => {
    const planted = { SESSION_SECRET: random(), SESSION_SECRET_PREVIOUS: random(), PASSWORD_PEPPER: random(), METRICS_TOKEN: random(), SMTP_URL: `smtp://user:${random()}@127.0.0.1:1` };
    const app = await startApp({ ...planted, LOG_LEVEL: "trace" });
    let seen = "";
    for (const path of ["/", "/help", "/status", "/ask?q=What+is+hour+ending", "/admin/login", "/no/such/page", "/api/health", "/api/health/ready", "/api/openapi.json", "/api/metrics"]) {
      seen += await (await fetch(app.url + path, { headers: path === "/api/metrics" ? { authorization: `Bearer ${planted.METRICS_TOKEN}` } : {} })).text();
    }
    seen += app.output();
    await app.end();
    expect(seen.length).toBeGreaterThan(10_000);
    const password = new URL(planted.SMTP_URL).password;
    for (const secret of [...Object.values(planted), password]) expect(seen).not.toContain(secret);
  }, 90_000);

  test("the browser's bundles hold no code, no name of a setting and no library of the server", () => {
    const files = globSync(".next/static/**/*.{js,css,json}");
    expect(files.length).toBeGreaterThan(10);
    const mustNot = [
      ...variableNames.filter((name) => !["NODE_ENV", "PORT", "HOST"].includes(name)), "process.env.", "DATABASE_URL", "service_role", "request.jwt.claims", "tieline_app",
      "jsonwebtoken", "bcrypt", "pg-boss", "sentry", "createServerClient", "set_config(", "select app.", "help_entries", "sourceMappingURL",
    ];
    const found = files.flatMap((file) => {
      const text = readFileSync(file, "utf8");
      return mustNot.filter((word) => text.includes(word)).map((word) => `${file}: ${word}`);
    });
    expect(found).toEqual([]);
    expect(globSync(".next/static/**/*.map")).toEqual([]);
  });

  test("the files of the build hold nothing of the environment it was built in", () => {
    const values = ["SESSION_SECRET", "PASSWORD_PEPPER"].map((name) => process.env[name] ?? "").filter((value) => value.length > 8);
    expect(values.length).toBe(2);
    const files = globSync(".next/{static,server}/**/*.{js,json,html,rsc}").filter((file) => statSync(file).isFile());
    expect(files.filter((file) => values.some((value) => readFileSync(file, "utf8").includes(value)))).toEqual([]);
  });

  const forms: Record<string, RegExp> = {
    "a key of OpenAI or Anthropic": /\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{24,}/,
    "a token of GitHub": /\b(?:ghp|gho|ghs|ghr)_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{40,}/,
    "a key of AWS or Google": /\bAKIA[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b/,
    "a token of Slack": /\bxox[abprs]-[0-9A-Za-z-]{20,}/,
    "a private key": /-----BEGIN (?:RSA |EC |OPENSSH |)PRIVATE KEY-----/,
    "a key of Supabase": /\bsb_(?:secret|publishable)_[A-Za-z0-9]{20,}_[A-Za-z0-9]{6,}|\bsbp_[0-9a-f]{40}\b/,
    "a JWT that is signed": /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{30,}/,
    "an API key of our own": /\btl_[A-Za-z0-9]{40}\b/,
  };

  test("the repository holds none", () => {
    const files = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0").filter((file) => /\.(ts|tsx|js|mjs|cjs|json|jsonl|md|sql|ya?ml|toml|sh|css|svg|example)$|^\.env|^\.ci\//.test(file) && file !== "package-lock.json");
    expect(files.length).toBeGreaterThan(100);
    const found = files.flatMap((file) => {
      const text = readFileSync(file, "utf8");
      return Object.entries(forms).filter(([, form]) => form.test(text)).map(([what]) => `${file}: ${what}`);
    });
    expect(found).toEqual([]);
    expect(files.filter((file) => /(^|\/)\.env(\.local)?$|\.pem$|secrets\.json$/.test(file))).toEqual([]);
  });

  test.each([
    ["a key of OpenAI or Anthropic", `sk-proj-${"aB3".repeat(10)}`], ["a token of GitHub", `ghp_${"aB3x".repeat(9)}`], ["a key of AWS or Google", `AKIA${"ABCD1234".repeat(2)}`],
    ["a token of Slack", `xoxb-${"1234567890-".repeat(2)}abc`], ["a private key", ["-----BEGIN", "PRIVATE KEY-----"].join(" ")], ["a key of Supabase", `sb_secret_${"aB3x".repeat(6)}_${"abc123"}`],
    ["a JWT that is signed", `eyJ${"aB3x".repeat(5)}.eyJ${"aB3x".repeat(8)}.${"aB3x".repeat(10)}`], ["an API key of our own", `tl_${"aB3x".repeat(10)}`],
  ])("%s would be found", (what, example) => expect(forms[what]?.test(` ${example} `)).toBe(true));
});
