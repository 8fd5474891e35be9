import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumArgs, findChromium } from "./tests/support/servers/chromium.ts";

const testSessionSecret = "Vb7xUq0tWm3rKf9zLc2yHn5pJd8sGa1eQ";
const testPepper = "nT4kZp8wRx2cYv6bMq1sLh9gDf3jUe7aX";
const { executablePath } = await findChromium();
/**
 * Tests that go through processes, databases or a browser, on whatever machine there is, may fail once: one that passes at its second
 * try is named by scripts/test.ts, with what failed, to be mended.
 */
const retry = 1;
const pathTo = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { alias: { "server-only": pathTo("node_modules/server-only/empty.js") } },
  test: {
    environment: "node",
    // Bounds for what hangs, not for what is slow on a busy machine.
    testTimeout: 60_000,
    // Much of a test is waiting for a database or a process: two at a time even where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    env: { NODE_ENV: "test", LOG_LEVEL: "silent", GRID_INGEST: "off", SESSION_SECRET: testSessionSecret, PASSWORD_PEPPER: testPepper },
    coverage: {
      provider: "v8",
      include: ["src/**/*.{ts,tsx}"],
      exclude: ["**/*.test.*", "src/platform/db/schema.ts", "src/ui/api/schema.ts"],
      reporter: ["text-summary", "html", "json-summary"],
      thresholds: { statements: 80, branches: 75 },
    },
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "tests/evaluations/**/*.test.ts"], exclude: ["**/*.browser.test.*"] },
      },
      {
        extends: true,
        resolve: {
          alias: {
            // Next's own need its router around them, which only Next's server starts.
            "next/link": pathTo("tests/support/next/link.tsx"),
            "next/navigation": pathTo("tests/support/next/navigation.ts"),
            // As in package.json: the search for dependencies, which are bundled before the first test, follows aliases only.
            "#": pathTo("src/"),
          },
        },
        // Looked for anew in each run: one that a cache of an earlier run lacks would reload the page in the middle of a test.
        // Tests below a folder like `(console)` are no patterns that this search understands: it is told what they need beyond others.
        optimizeDeps: { force: true, entries: ["src/app/admin/console-places.ts"] },
        test: {
          name: "components",
          retry,
          include: ["src/**/*.browser.test.{ts,tsx}"],
          setupFiles: ["tests/support/components-setup.ts"],
          api: { host: "127.0.0.1" },
          expect: { poll: { timeout: 15_000 } },
          browser: {
            enabled: true,
            provider: playwright({ launchOptions: { executablePath, args: chromiumArgs }, actionTimeout: 15_000 }),
            instances: [{ browser: "chromium", name: "components" }],
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1280, height: 800 },
          },
        },
      },
      { extends: true, test: { name: "architecture", include: ["tests/architecture/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "integration",
          retry,
          include: ["tests/{integration,security}/**/*.test.{ts,tsx}"],
          globalSetup: ["tests/support/global-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
