/** The browser of this machine for tests. */
import { canInstall, installPackages } from "./apt.ts";
import { findExecutable, run } from "./process.ts";

/** How tests start it: without a sandbox, which root and containers don't have, and without traffic of its own. */
export const chromiumArgs = [
  "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Uses CHROMIUM_PATH, else a Chromium or Chrome of this machine, else Debian's package (root).
 * @throws Error that says what to install.
 */
export async function findChromium(): Promise<{ executablePath: string; description: string }> {
  const given = process.env["CHROMIUM_PATH"];
  if (given !== undefined && given !== "") {
    const version = await versionOf(given);
    if (version === null) throw new Error(`CHROMIUM_PATH is ${given}, which does not run`);
    return { executablePath: given, description: `${version} at ${given} (CHROMIUM_PATH)` };
  }
  const found = await firstThatRuns();
  if (found !== null) return found;
  const hint = "Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH";
  if (!canInstall()) throw new Error(hint);
  await installPackages("Chromium", ["chromium", "fonts-liberation"]);
  const installed = await firstThatRuns();
  if (installed === null) throw new Error(hint);
  return installed;
}

async function firstThatRuns(): Promise<{ executablePath: string; description: string } | null> {
  for (const name of names) {
    const path = findExecutable(name, ["/usr/bin"]);
    // Ubuntu's chromium-browser is a script that only tells to install a snap.
    const version = path === null ? null : await versionOf(path);
    if (path !== null && version !== null) return { executablePath: path, description: `${version} at ${path}` };
  }
  return null;
}

async function versionOf(path: string): Promise<string | null> {
  return run(path, ["--version"], { timeoutMs: 30_000 }).then(
    (output) => /^(?:Chromium|Google Chrome) [\d.]+/m.exec(output)?.[0] ?? null,
    () => null,
  );
}
