import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { RefreshButton } from "#app/(public)/status/refresh-button.tsx";
import { visits } from "../../../../tests/support/next/navigation.ts";

test("checks again without leaving the page, and without script by loading it anew", async () => {
  await render(<RefreshButton icon={null} />);
  const button = page.getByRole("button", { name: "Check again" });
  await button.click();
  expect(visits).toEqual(["refresh"]);
  const form = button.element().closest("form");
  expect([new URL(form?.action ?? "").pathname, form?.method]).toEqual(["/status", "get"]);
});
