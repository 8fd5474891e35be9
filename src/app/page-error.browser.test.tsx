import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { PageError } from "#app/page-error.tsx";

const digest = page.getByText(/^Error \d/);

test("tells at once that a page failed, and tries again on request", async () => {
  const retry = vi.fn();
  await render(<PageError error={Object.assign(new Error("secret"), { digest: "1234567" })} retry={retry} />);
  await expect.element(page.getByRole("alert")).toMatchTextContent("Something failed while the page was made");
  await expect.element(digest).toHaveTextContent("Error 1234567");
  await page.getByRole("button", { name: "Try again" }).click();
  expect(retry).toHaveBeenCalledTimes(1);
});

test.each([["an error without a digest", new Error("secret")], ["what isn't an error", "secret"], ["a digest of another type", { digest: 7 }]])(
  "%s is shown without it, and without its text",
  async (_name, error) => {
    const { container } = await render(<PageError error={error} retry={() => undefined} />);
    await expect.element(page.getByRole("button", { name: "See the system status" })).toBeVisible();
    await expect.element(digest).not.toBeInTheDocument();
    expect(container.textContent).not.toContain("secret");
  },
);
