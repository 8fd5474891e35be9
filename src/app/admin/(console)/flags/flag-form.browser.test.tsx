import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { FlagForm } from "#app/admin/(console)/flags/flag-form.tsx";
import type { FlagView } from "#platform/flags/schema.ts";
import { serveApi } from "../../../../../tests/support/fake-api.ts";

const flag: FlagView = { key: "sign-up", says: "New accounts", enabled: true, rolloutPercent: 100, updatedAt: null };
const share = page.getByLabelText("Share in %");

test("a share that was saved is what the flag has, and is said; a wrong one isn't sent", async () => {
  const requests = serveApi({ "PUT /api/admin/flags/sign-up": () => Response.json({}) });
  const { rerender } = await render(<FlagForm flag={flag} />);
  await share.fill("101");
  await expect.element(share).toHaveAccessibleDescription("Write a whole number from 0 to 100.");
  await page.getByRole("button", { name: "Save the share of sign-up" }).click({ force: true });
  expect(requests).toEqual([]);
  await share.fill("25");
  await page.getByRole("button", { name: "Save the share of sign-up" }).click();
  await expect.element(page.getByRole("status")).toMatchTextContent("sign-up is on for 25 %.");
  expect(await requests[0]?.json()).toEqual({ enabled: true, rolloutPercent: 25 });
  // The page is read anew; somebody else has changed it since.
  await rerender(<FlagForm flag={{ ...flag, rolloutPercent: 30 }} />);
  await expect.element(share).toHaveValue("30");
  await expect.element(page.getByRole("status")).toMatchTextContent("sign-up is on for 25 %.");
});

test("switching off is said, and focus isn't lost with the button that goes", async () => {
  serveApi({ "PUT /api/admin/flags/sign-up": () => Response.json({}) });
  const { rerender } = await render(<FlagForm flag={flag} />);
  await page.getByRole("button", { name: "Switch sign-up off now" }).click();
  await expect.element(page.getByRole("status")).toMatchTextContent("sign-up is off.");
  await rerender(<FlagForm flag={{ ...flag, enabled: false }} />);
  await expect.element(page.getByRole("button", { name: "Switch on sign-up" })).toHaveFocus();
});
