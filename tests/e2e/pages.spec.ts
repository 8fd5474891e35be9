import { expect, test } from "./app.ts";
import { enterConsole } from "./console.ts";
import { expectLooks, shiftOf, watchShifts, widths } from "./looks.ts";

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
  "console, model calls": "/admin/llm/calls?outcome=ok",
  "console, model spend": "/admin/llm/spend",
  "console, model budgets": "/admin/llm/budgets",
  "console, model prompts": "/admin/llm/prompts",
  "console, safeguards": "/admin/llm/safeguards",
  "console, data consents": "/admin/llm/consents?state=in_force",
  "console, flags": "/admin/flags",
  "console, sources": "/admin/sources",
  "console, mail": "/admin/mail",
  "console, own access": "/admin/account",
};

for (const width of widths) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 800 } });

    for (const [name, path] of Object.entries(pages)) {
      test(`${name} is accessible, fits and stands still`, async ({ page, context, baseURL }, info) => {
        if (path.startsWith("/admin") && !path.startsWith("/admin/login")) await enterConsole(context, baseURL);
        await watchShifts(page);
        await page.goto(path, { waitUntil: "networkidle" });
        if (path.includes("?q=") && path.startsWith("/ask")) await expect(page.getByText(/Quoted from the sources|No answer given/)).toBeVisible();
        expect(await shiftOf(page)).toBeLessThan(0.02);
        await expectLooks(page, info, name);
      });
    }
  });
}
