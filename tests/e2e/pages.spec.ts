import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./app.ts";
import { enterConsole } from "./console.ts";

const pages = {
  overview: "/",
  "overview, UTC": "/?tz=utc",
  grid: "/grid",
  provinces: "/grid/provinces",
  "provinces, one scale": "/grid/provinces?range=30d&scale=same&sort=price&tz=local",
  weather: "/grid/weather",
  "weather of another place": "/grid/weather?place=montreal&range=30d&show=wind-speed&tz=utc",
  sources: "/sources",
  "sources, none": "/sources?publisher=Nobody",
  "one source": "/sources/ieso.demand",
  help: "/help",
  "help search": "/help?q=negative+prices",
  "help entry": "/help/emission-factors",
  ask: "/ask",
  "cited answer": `/ask?q=${encodeURIComponent("What is the difference between market demand and Ontario demand?")}`,
  "no answer": `/ask?q=${encodeURIComponent("Who won the Stanley Cup?")}`,
  status: "/status",
  invitation: "/invite",
  "console, help": "/admin/help",
  "console, help editor": "/admin/help/emission-factors",
  "console, new help entry": "/admin/help/new",
  "console, help revisions": "/admin/help/emission-factors/revisions",
  "console, feedback": "/admin/feedback",
  "log-in": "/login",
  "sign-up": "/signup",
  "password reset": "/reset-password",
  "mail link": `/confirm#type=recovery&token_hash=${"0".repeat(64)}`,
  "console, log-in": "/admin/login?next=/admin/audit",
  "console, users": "/admin/users",
  "console, nobody found": "/admin/users?q=nobody",
  "console, organisations": "/admin/organisations",
  "console, administrators": "/admin/admins",
  "console, audit log": "/admin/audit?action=admin.",
  "console, flags": "/admin/flags",
  "console, sources": "/admin/sources",
  "console, mail": "/admin/mail",
  "console, own access": "/admin/account",
};

for (const theme of ["light", "dark"] as const) {
  for (const width of [360, 768, 1280]) {
    test.describe(`${theme}, ${width} px`, () => {
      test.use({ colorScheme: theme, viewport: { width, height: 800 } });

      for (const [name, path] of Object.entries(pages)) {
        test(`${name} is accessible, fits and stands still`, async ({ page, context, baseURL }, info) => {
          if (path.startsWith("/admin") && !path.startsWith("/admin/login")) await enterConsole(context, baseURL);
          await page.addInitScript(() => {
            const shifts: number[] = [];
            Object.assign(window, { shifts });
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) {
                const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
                if (!shift.hadRecentInput) shifts.push(shift.value);
              }
            }).observe({ type: "layout-shift", buffered: true });
          });
          await page.goto(path, { waitUntil: "networkidle" });
          if (path.includes("?q=") && path.startsWith("/ask")) await expect(page.getByText(/Quoted from the sources|No answer given/)).toBeVisible();

          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);

          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          expect(overflow).toBeLessThanOrEqual(0);

          const shifted = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0));
          expect(shifted).toBeLessThan(0.02);
          await info.attach(`${name} ${theme} ${width}`, { body: await page.screenshot({ fullPage: true }), contentType: "image/png" });
        });
      }
    });
  }
}
