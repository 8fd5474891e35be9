import type { BrowserContext, Page, Response } from "@playwright/test";

/** A JWT with a payload, whatever signed it. */
const jwt = /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/;
/** HttpOnly, and yet no credential: the id of the organisation one works in. */
const harmless = "tieline_organisation";
const textual = /json|html|text|javascript|xml/;

/**
 * Watches a page for what no page may do: writing to localStorage, and getting a token in the body of a response. `findings`
 * is asked for at the journey's end.
 */
export async function watchTokens(page: Page, context: BrowserContext): Promise<{ findings: () => Promise<string[]> }> {
  const written: string[] = [];
  const bodies: Promise<{ url: string; text: string }>[] = [];
  await page.exposeBinding("noteStorage", (_, key: string) => void written.push(key));
  await page.addInitScript(() => {
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key: string, value: string) {
      if (this === localStorage) void (window as unknown as { noteStorage: (key: string) => Promise<void> }).noteStorage(key);
      setItem.call(this, key, value);
    };
  });
  page.on("response", (response) => bodies.push(bodyOf(response)));

  const findings = async () => {
    const unfinished = new Promise<{ url: string; text: string }>((resume) => setTimeout(() => resume({ url: "", text: "" }), 2_000));
    const texts = await Promise.all(bodies.map((body) => Promise.race([body, unfinished])));
    const secrets = (await context.cookies()).filter(({ name, httpOnly, value }) => httpOnly && name !== harmless && value.length > 20).flatMap(({ value }) => [value, decodeURIComponent(value)]);
    const leaks = texts.filter(({ text }) => jwt.test(text) || secrets.some((secret) => text.includes(secret))).map(({ url }) => `a token in the body of ${url}`);
    const kept = page.isClosed() || !page.url().startsWith("http") ? [] : await page.evaluate(() => Object.keys(localStorage));
    return [...leaks, ...[...written, ...kept].map((key) => `${key} in localStorage`)];
  };
  return { findings };
}

/** Nothing where there is no text, or nobody waits for it any more. */
async function bodyOf(response: Response): Promise<{ url: string; text: string }> {
  const url = response.url();
  if (!textual.test(response.headers()["content-type"] ?? "")) return { url, text: "" };
  return { url, text: await response.text().catch(() => "") };
}
