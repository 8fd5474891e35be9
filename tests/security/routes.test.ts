import { readFile } from "node:fs/promises";
import { globSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { authenticators } from "#platform/http/authenticate.ts";
import { policyOf } from "#platform/security/limits.ts";
import { listOperations, routeFiles } from "../../scripts/operations.ts";

const operations = await listOperations();
const testNames = (
  await Promise.all(globSync("tests/integration/**/*.test.ts").map((file) => readFile(file, "utf8")))
).join("\n");

describe("the route files", () => {
  test.each(routeFiles())("%s exports routes that declare how they are entered and limited, and nothing else", async (file) => {
    const module = (await import(pathToFileURL(resolve(file)).href)) as Record<string, { operation?: { auth: string; limit: string } }>;
    for (const [name, handler] of Object.entries(module)) {
      expect(["GET", "POST", "PUT", "PATCH", "DELETE"]).toContain(name);
      expect(Object.keys(authenticators)).toContain(handler.operation?.auth);
      expect(() => policyOf(handler.operation?.limit as "default")).not.toThrow();
    }
  });

  test.each(routeFiles())("%s is at most 40 lines", async (file) => {
    expect((await readFile(file, "utf8")).split("\n").length).toBeLessThanOrEqual(41);
  });

  test("are limited where they cost something: only health, metrics and the API's description are free", () => {
    const free = operations.filter(({ operation }) => operation.limit === "none").map(({ path }) => path);
    expect(free.sort()).toEqual(["/api/health", "/api/metrics", "/api/openapi.json"]);
  });

  test.each(operations.map(({ method, path, operation }) => [`${method} ${path}`, operation] as const))("%s takes no query parameter that it doesn't declare", (_, { query }) => {
    if (query) expect(query.safeParse({ unheard_of: "1" }).error?.issues).toContainEqual(expect.objectContaining({ code: "unrecognized_keys", keys: ["unheard_of"] }));
  });

  test("every operation has an integration test that is named after it", () => {
    const names = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\[(.+?)\]/g, "{$1}")}`);
    const tested = (name: string) => new RegExp(`describe(\\.each\\(engines\\))?\\(\\s*"${name.replaceAll(/[{}/]/g, "\\$&")}[" ]`).test(testNames);
    expect(names.filter((name) => !tested(name))).toEqual([]);
  });
});
