import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAdmin } from "../support/admins.ts";
import { startApp, type AppServer } from "../support/app-server.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { pagePaths } from "../support/operations.ts";

/** Addresses that some parser takes for another host. */
const elsewhere = [
  "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https:/evil.example", "http:evil.example",
  "/%2Fevil.example", "%2F%2Fevil.example", "/%5Cevil.example", "/\t/evil.example", "/\n/evil.example", "/\r\n/evil.example", "\t//evil.example", " //evil.example",
  "javascript:alert(1)", "data:text/html,x", "//evil.example/%2e%2e", "/admin/..//evil.example", "/.//evil.example", "/admin@evil.example", "@evil.example", "/admin//evil.example",
  "//evil%E3%80%82example", "/\u{2028}/evil.example", "http://localhost@evil.example", "?next=//evil.example", "/admin\\@evil.example",
];

let opened: TestDatabase;
let app: AppServer;
beforeAll(async () => {
  opened = await openTestDatabase("server");
  app = await startApp({ DATABASE_URL: opened.url ?? "", RATE_LIMIT_PER_MINUTE: "100000" });
}, 90_000);
afterAll(async () => {
  await app.end("SIGKILL");
  await opened.close();
});

/** Where a browser at this address goes when it is sent to `location`. */
const hostOf = (location: string, from: string) => new URL(location, new URL(from, app.url)).host;
const own = () => new URL(app.url).host;

async function raw(request: string, ...lines: string[]): Promise<{ status: number; head: string; headers: Headers }> {
  const socket = connect(Number(new URL(app.url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write([`${request} HTTP/1.1`, "Connection: close", ...lines, "", ""].join("\r\n"));
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  const head = text.split("\r\n\r\n", 1)[0] ?? "";
  const [first = "", ...rest] = head.split("\r\n");
  return { status: Number(first.split(" ")[1]), head, headers: new Headers(rest.map((line) => line.split(/: ?(.*)/s, 2) as [string, string])) };
}

describe("27 no address of ours leads to another host", () => {
  test.each([
    "//evil.example", "//evil.example/", "///evil.example/", "/\\evil.example/", "/\\/evil.example/", "//evil.example/..", "//evil.example/%2e%2e", "/%5Cevil.example/", "/%2Fevil.example/",
    "/.//evil.example/", "/help/..//evil.example/", "/help//..//evil.example/", "/%09/evil.example/", "http://evil.example/help/", "http://evil.example//x", "https://evil.example/", "//evil.example%2f..",
    "/help/?next=//evil.example", "//google.com%2F..%2F", "/;@evil.example/", "/help/%0d%0aLocation:%20https://evil.example", "/_next/..//evil.example/", "/api//evil.example/",
  ])("%j as the address asked for", async (target) => {
    for (const host of [own(), "evil.example"]) {
      const { head, headers } = await raw(`GET ${target}`, `Host: ${host}`, "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "X-Original-URL: //evil.example", "X-Rewrite-URL: //evil.example");
      for (const location of [headers.get("location"), headers.get("refresh")?.split("url=")[1]]) {
        if (location != null) expect([location, hostOf(location, "/help/x")]).toEqual([location, own()]);
      }
      expect(head.split("\r\n").filter((line) => /^location:/i.test(line)).length).toBeLessThanOrEqual(1);
      expect(headers.get("link") ?? "").not.toContain("evil.example");
    }
  });

  const pages = pagePaths({ id: "ramp" });
  let cookie: string;
  beforeAll(async () => {
    cookie = (await createAdmin("super_admin")).headers["cookie"] ?? "";
  });
  test.each(pages)("%s, with the destination in any parameter of a redirect", async (page) => {
    for (const destination of elsewhere) {
      const query = new URLSearchParams(["next", "redirect", "redirect_to", "redirectTo", "returnTo", "return", "url", "continue", "destination", "callbackUrl"].map((name) => [name, destination]));
      // Only the console's pages, and an entry of the help, read an administrator's session.
      const visitors: Record<string, string>[] = /^\/(admin|help\/)/.test(page) ? [{}, { cookie }] : [{}];
      for (const headers of visitors) {
        const response = await fetch(`${app.url}${page}?${query.toString()}`, { redirect: "manual", headers });
        const location = response.headers.get("location");
        if (location !== null) expect([destination, hostOf(location, page)]).toEqual([destination, own()]);
        const html = await response.text();
        // Redirects of a page that has begun are written into it.
        for (const [, url = ""] of html.matchAll(/http-equiv="refresh"[^>]*url=([^"]*)"/gi)) expect([destination, hostOf(url.replaceAll("&amp;", "&"), page)]).toEqual([destination, own()]);
        for (const [, href = ""] of html.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)) expect(hostOf(href.replaceAll("&amp;", "&"), page)).not.toContain("evil");
        for (const [, action = ""] of html.matchAll(/<form\b[^>]*\saction="([^"]*)"/g)) expect(hostOf(action.replaceAll("&amp;", "&"), page)).not.toContain("evil");
      }
    }
  }, 120_000);

  test.each(["//evil.example", "/\\evil.example", "/help"])("a form sent to %s before its script was there leads to our own page", async (path) => {
    const { status, headers } = await raw(`POST ${path}`, `Host: ${own()}`, "Content-Length: 0", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Site: same-origin");
    expect([303, 308]).toContain(status);
    expect(hostOf(headers.get("location") ?? "", "/")).toBe(own());
  });
});
