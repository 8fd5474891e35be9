/** Before each file of component tests: the application's stylesheets, and an address and a storage of its own for each test. */
import { afterEach, beforeEach, vi } from "vitest";
import { page } from "vitest/browser";
import "../../src/app/globals.css";
import { visit, visits } from "./next/navigation.ts";

const home = "/ask";

beforeEach(async () => {
  await page.viewport(1_280, 800);
  visits.length = 0;
  sessionStorage.clear();
  visit(home);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
