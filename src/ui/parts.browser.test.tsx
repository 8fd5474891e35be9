import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { BrandMark } from "#ui/brand-mark.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { StateDot } from "#ui/state-dot.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { useMediaQuery } from "#ui/use-media-query.ts";

test("an error is told at once, with what helps and the request's id", async () => {
  await render(
    <StateMessage kind="error" title="It failed" action={<Button>Try again</Button>} requestId="r-42">
      Check the network.
    </StateMessage>,
  );
  const alert = page.getByRole("alert");
  await expect.element(alert).toHaveTextContent("It failedCheck the network.Try againRequest r-42");
  await expect.element(alert.getByRole("button", { name: "Try again" })).toBeVisible();
});

test.each(["empty", "partial", "stale", "forbidden"] as const)("a message of kind %s interrupts nobody", async (kind) => {
  await render(<StateMessage kind={kind} title="Nothing here" />);
  await expect.element(page.getByText("Nothing here")).toBeVisible();
  await expect.element(page.getByRole("alert")).not.toBeInTheDocument();
});

test("a button doesn't send the form around it unless it is told to", async () => {
  let sent = 0;
  await render(
    <form
      onSubmit={(event) => {
        event.preventDefault();
        sent += 1;
      }}
    >
      <Button>Cancel</Button>
      <IconButton label="Copy" size="small">
        <BrandMark />
      </IconButton>
      <Button type="submit" kind="primary">
        Send
      </Button>
    </form>,
  );
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Copy" }).click();
  expect(sent).toBe(0);
  await page.getByRole("button", { name: "Send" }).click();
  expect(sent).toBe(1);
});

test("an icon's button takes presses on at least 24 pixels", async () => {
  await render(
    <IconButton label="Copy" size="small">
      <BrandMark />
    </IconButton>,
  );
  const { width, height } = page.getByRole("button", { name: "Copy" }).element().getBoundingClientRect();
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
});

test("a card is a region named by its title", async () => {
  await render(
    <Card id="c" title="System status" help={<Button>?</Button>} aside="Checked">
      Body
    </Card>,
  );
  const region = page.getByRole("region", { name: "System status" });
  await expect.element(region.getByRole("heading", { level: 2, name: "System status" })).toBeVisible();
  await expect.element(region.getByText("Checked")).toBeVisible();
});

test("a page's header holds its only first-level heading; notes give way on a phone", async () => {
  await render(<PageHeader title="Overview" help={<Button>?</Button>} note="Fri 20 Nov" actions={<Button>Refresh</Button>} />);
  expect(page.getByRole("heading", { level: 1 }).elements()).toHaveLength(1);
  await expect.element(page.getByText("Fri 20 Nov")).toBeVisible();
  await page.viewport(360, 740);
  await expect.element(page.getByText("Fri 20 Nov")).not.toBeVisible();
  await expect.element(page.getByRole("button", { name: "Refresh" })).toBeVisible();
});

test("a skeleton shows only when waiting takes longer than a moment", async () => {
  const { container } = await render(<Skeleton className="w-1/3" />);
  const [appearing] = container.querySelector(".skeleton")?.getAnimations() ?? [];
  if (!appearing) throw new Error("The skeleton appears without an animation");
  appearing.pause();
  const opacityAt = (ms: number) => {
    appearing.currentTime = ms;
    return Number(getComputedStyle(container.querySelector(".skeleton") ?? container).opacity);
  };
  expect(opacityAt(0)).toBe(0);
  expect(opacityAt(149)).toBe(0);
  expect(opacityAt(1_000)).toBe(1);
});

test("decoration is left out for screen readers", async () => {
  const { container } = await render(
    <>
      <Skeleton />
      <StateDot state="down" />
      <BrandMark />
      <Kbd>Esc</Kbd>
    </>,
  );
  expect(Array.from(container.children, (element) => element.getAttribute("aria-hidden"))).toEqual(["true", "true", "true", null]);
});

test("each state has a shape of its own, besides its colour", async () => {
  const states = ["ok", "degraded", "down", "off"] as const;
  const { container } = await render(states.map((state) => <StateDot key={state} state={state} />));
  const shapes = Array.from(container.children, (dot) => {
    const { borderRadius, borderTopWidth, height, transform } = getComputedStyle(dot);
    return [borderRadius, borderTopWidth, height, transform].join(" ");
  });
  expect(new Set(shapes).size).toBe(states.length);
});

test("a media query is followed while the window changes", async () => {
  function Width() {
    return useMediaQuery("(width >= 64rem)") ? "wide" : "narrow";
  }
  await render(<Width />);
  await expect.element(page.getByText("wide")).toBeVisible();
  await page.viewport(600, 800);
  await expect.element(page.getByText("narrow")).toBeVisible();
});
