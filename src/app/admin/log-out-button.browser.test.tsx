import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { LogOutButton } from "#app/admin/log-out-button.tsx";
import { problem, serveApi } from "../../../tests/support/fake-api.ts";

test("a log-out that is refused says why, and can be tried again", async () => {
  const requests = serveApi({ "POST /api/admin/logout": () => problem(403, "CSRF_FAILED", "The request did not come from this site", "This page belongs to an earlier session. Reload it and try again.") });
  await render(<LogOutButton icon={null} />);
  for (let time = 1; time <= 2; time += 1) {
    await page.getByRole("button", { name: "Log out" }).click();
    await expect.element(page.getByRole("alert")).toMatchTextContent("You are still logged in. This page belongs to an earlier session. Reload it and try again.");
    expect(requests).toHaveLength(time);
  }
});
