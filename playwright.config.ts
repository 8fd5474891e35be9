import { defineConfig } from "@playwright/test";
import { chromiumArgs, findChromium } from "./tests/support/servers/chromium.ts";

const { executablePath } = await findChromium();

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./tests/support/e2e-setup.ts",
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // A journey goes through a browser, a server and a database on whatever machine there is: one that passes at its second try is
  // named by scripts/test.ts, with what failed, to be mended.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    browserName: "chromium",
    // Without its film, which costs every journey more than its steps do.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    launchOptions: { executablePath, args: chromiumArgs },
  },
});
