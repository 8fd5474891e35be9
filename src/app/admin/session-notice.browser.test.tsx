import { beforeEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { SessionNotice } from "#app/admin/session-notice.tsx";
import { serveApi } from "../../../tests/support/fake-api.ts";
import { visits } from "../../../tests/support/next/navigation.ts";

const minuteMs = 60_000;
const status = page.getByRole("status");
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * minuteMs).toISOString();
const pass = (minutes: number) => vi.advanceTimersByTimeAsync(minutes * minuteMs);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"], now: new Date("2026-11-20T21:00:00Z") });
});

test("is silent until five minutes before an unused session ends; staying counts as use", async () => {
  const requests = serveApi({ "GET /api/admin/session": () => Response.json({}) });
  await render(<SessionNotice expiresAt={inMinutes(480)} idleMinutes={30} />);
  await pass(24);
  expect(status.elements()).toEqual([]);
  await pass(2);
  await expect.element(status).toMatchTextContent(/Without use, your session ends at 16:30 EST/);
  await page.getByRole("button", { name: "Stay logged in" }).click();
  await vi.waitFor(() => expect(visits).toEqual(["refresh"]));
  expect(requests.map(({ method }) => method)).toEqual(["GET"]);
});

test("says before the eight hours are over that nothing makes them longer", async () => {
  await render(<SessionNotice expiresAt={inMinutes(6)} idleMinutes={30} />);
  await pass(2);
  await expect.element(status).toMatchTextContent(/Your session ends at 16:06 EST/);
  expect(page.getByRole("button", { name: "Stay logged in" }).elements()).toEqual([]);
});

test("says when it has ended, and goes on only once there is another", async () => {
  let loggedIn = false;
  serveApi({ "GET /api/admin/session": () => (loggedIn ? Response.json({}) : Response.json({ status: 403, code: "ADMIN_FORBIDDEN", title: "x" }, { status: 403 })) });
  await render(<SessionNotice expiresAt={inMinutes(480)} idleMinutes={30} />);
  await pass(31);
  await expect.element(page.getByRole("status")).toMatchTextContent(/Your session has ended/);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect.element(page.getByRole("status")).toMatchTextContent(/Your session has ended/);
  expect(visits).toEqual([]);
  loggedIn = true;
  await page.getByRole("button", { name: "Go on" }).click();
  await vi.waitFor(() => expect(visits).toEqual(["refresh"]));
  await expect.poll(() => status.elements()).toEqual([]);
});
