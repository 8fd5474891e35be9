import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { columnsOf } from "#ui/charts/columns.ts";
import { figureOf, type Figure } from "#ui/charts/figure.ts";
import { Plot } from "#ui/charts/plot.tsx";
import { zoneClock } from "#ui/charts/zone-clock.ts";

const from = Date.parse("2026-11-20T05:00:00Z");
const stepMs = 300_000;
const iso = (at: number) => new Date(at).toISOString();

function demand(values: (number | null)[] = Array.from({ length: 288 }, (_, index) => 16_000 + index)): Figure {
  return figureOf({
    kind: "lines", unit: "MW", from, to: from + 86_400_000,
    clock: zoneClock({ name: "Etc/GMT+5", offsets: [{ from: iso(from), minutes: -300 }] }),
    series: [{
      id: "demand", name: "Demand", color: "--region-on",
      columns: columnsOf({ start: values.map((_, index) => iso(from + index * stepMs)), end: values.map((_, index) => iso(from + (index + 1) * stepMs)), value: values, look: "measured" }),
    }],
  });
}

const image = () => page.getByRole("img", { name: /^Ontario demand/ });
const live = () => (document.querySelector("[aria-live]")?.textContent ?? "").replaceAll(/[\u00a0\u2009\u202f]/g, " ");
/** How many pixels of the drawing aren't empty. */
function inked(): number {
  const canvas = document.querySelector("canvas");
  const data = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  let count = 0;
  for (let index = 3; index < data.length; index += 4) if ((data[index] ?? 0) > 0) count += 1;
  return count;
}
const drawn = () => expect.poll(inked).toBeGreaterThan(500);

test("draws on a canvas of the reserved size, and says in words what it shows", async () => {
  await render(<Plot figure={demand()} label="Ontario demand, MW" height={240} />);
  const box = image().element().getBoundingClientRect();
  await drawn();
  expect(image().element().getBoundingClientRect()).toEqual(box);
  expect(image().element().getAttribute("aria-label")?.replaceAll(/[\u00a0\u2009\u202f]/g, " ")).toContain("highest 16 287 MW (23:55–24:00 EST)");
  expect(page.getByText("24:00", { exact: true }).elements()).toHaveLength(1);
});

test("keys move the readout from sample to sample, and Escape ends it", async () => {
  await render(<Plot figure={demand()} label="Ontario demand, MW" height={240} />);
  await drawn();
  (image().element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowLeft}");
  await expect.poll(live).toBe("23:55–24:00 EST: Demand 16 287 MW");
  await userEvent.keyboard("{ArrowLeft}");
  await expect.poll(live).toBe("23:50–23:55 EST: Demand 16 286 MW");
  await userEvent.keyboard("{Home}");
  await expect.poll(live).toBe("00:00–00:05 EST: Demand 16 000 MW");
  await userEvent.keyboard("{Escape}");
  await expect.poll(live).toBe("");
});

test("the pointer reads the sample below it", async () => {
  await render(<Plot figure={demand()} label="Ontario demand, MW" height={240} />);
  await drawn();
  const { width } = image().element().getBoundingClientRect();
  await image().hover({ position: { x: width / 2 + 1, y: 100 } });
  await expect.poll(live).toBe("12:00–12:05 EST: Demand 16 144 MW");
  await expect.element(page.getByText("16 144 MW").or(page.getByText("16\u202f144\u00a0MW")).first()).toBeVisible();
});

test("Ctrl with the wheel zooms, the wheel alone is the page's; plus and 0 do the same by key", async () => {
  await render(<Plot figure={demand()} label="Ontario demand, MW" height={240} />);
  await drawn();
  const whole = page.getByRole("button", { name: "Whole range" });
  const wheel = (ctrlKey: boolean) => image().element().dispatchEvent(new WheelEvent("wheel", { deltaY: -100, ctrlKey, clientX: 500, bubbles: true, cancelable: true }));
  expect(wheel(false)).toBe(true);
  expect(whole.elements()).toEqual([]);
  expect(wheel(true)).toBe(false);
  await expect.element(whole).toBeVisible();
  await whole.click();
  await expect.poll(() => whole.elements()).toEqual([]);
  (image().element() as HTMLElement).focus();
  await userEvent.keyboard("+");
  await expect.element(whole).toBeVisible();
  await userEvent.keyboard("0");
  await expect.poll(() => whole.elements()).toEqual([]);
});

test("what is missing stays empty, and is named", async () => {
  await render(<Plot figure={demand([...Array<number>(60).fill(16_000), ...Array<null>(40).fill(null), ...Array<number>(60).fill(17_000)])} label="Ontario demand, MW" height={240} />);
  await drawn();
  expect(document.querySelector(".plot-stretch")?.textContent).toBe("No data05:00–08:20");
  expect(image().element().getAttribute("aria-label")).toContain("1 stretch without data");
});

test("a change of theme draws anew, in its colours", async () => {
  await render(<Plot figure={demand()} label="Ontario demand, MW" height={240} />);
  await drawn();
  const colour = () => {
    const canvas = document.querySelector("canvas");
    const data = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const seen = new Map<string, number>();
    for (let index = 0; index < data.length; index += 4) if (data[index + 3] === 255) seen.set(`${data[index]},${data[index + 1]},${data[index + 2]}`, (seen.get(`${data[index]},${data[index + 1]},${data[index + 2]}`) ?? 0) + 1);
    return [...seen].sort(([, a], [, b]) => b - a).slice(0, 2).map(([name]) => name).join(" ");
  };
  const light = colour();
  document.documentElement.dataset.theme = "dark";
  await expect.poll(colour).not.toBe(light);
  delete document.documentElement.dataset.theme;
  await expect.poll(colour).toBe(light);
});

test("on a phone the readout has its own place above, so that nothing moves when it comes", async () => {
  await page.viewport(360, 740);
  await render(<Plot figure={demand()} label="Ontario demand, MW" height={240} />);
  await drawn();
  const { top } = image().element().getBoundingClientRect();
  expect(document.querySelector(".plot-readout")?.textContent).toContain("Demand");
  (image().element() as HTMLElement).focus();
  await userEvent.keyboard("{Home}");
  await expect.poll(live).toContain("00:00–00:05");
  const box = document.querySelector(".plot-readout")?.getBoundingClientRect();
  expect(box?.bottom ?? Infinity).toBeLessThanOrEqual(top);
  expect(image().element().getBoundingClientRect().top).toBe(top);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
});

function supply(): Figure {
  const columns = (values: number[]) => columnsOf({ start: values.map((_, index) => iso(from + index * 3_600_000)), end: values.map((_, index) => iso(from + (index + 1) * 3_600_000)), value: values, look: "measured" });
  const part = (id: string, name: string, values: number[]) => ({ id, name, color: `--fuel-${id}`, columns: columns(values) });
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return figureOf({
    kind: "stack", unit: "MW", from, to: from + 86_400_000, clock: zoneClock({ name: "Etc/GMT+5", offsets: [{ from: iso(from), minutes: -300 }] }),
    series: [part("nuclear", "Nuclear", hours.map(() => 9_000)), part("solar", "Solar", hours.map((hour) => Math.max(0, 400 - 80 * Math.abs(hour - 12)))), part("storage", "Storage", hours.map(() => 0))],
  });
}

test.each([[1_200, true], [560, false]])("%i pixels wide, names stand beside the plot: %s", async (width, beside) => {
  await page.viewport(1_280, 740);
  await render(<div style={{ width }}><Plot figure={supply()} label="Ontario demand, MW" height={240} keepsRoom /></div>);
  await drawn();
  const names = [...document.querySelectorAll(".plot-end")].map(({ textContent }) => textContent);
  expect(names).toEqual(beside ? ["Nuclear 9\u202f000"] : []);
  // What is nothing at the end has its name where it is largest; what is nothing throughout has none.
  expect([...document.querySelectorAll(".plot-inside")].map(({ textContent }) => textContent)).toEqual(beside ? ["Solar"] : []);
  expect(document.querySelector(".plot-legend")?.textContent).toBe(beside ? "" : "NuclearSolar");
  expect(image().element().getBoundingClientRect().width).toBe(width - 48 - (beside ? 132 : 0));
});

test("on a phone the plot has the whole width, and the names stand in the readout alone", async () => {
  await page.viewport(360, 740);
  await render(<Plot figure={supply()} label="Ontario demand, MW" height={240} />);
  await drawn();
  expect([...document.querySelectorAll(".plot-end, .plot-inside")]).toEqual([]);
  expect(document.querySelector(".plot-legend")?.textContent).toBe("");
  expect(document.querySelector(".plot-readout")?.textContent).toContain("Solar");
  expect(image().element().getBoundingClientRect().width).toBeGreaterThan((document.querySelector(".plot-frame")?.getBoundingClientRect().width ?? 0) - 50);
});

test("the stretch between least and greatest has a key, where there is one", async () => {
  const figure = demand();
  const [series] = figure.series;
  if (!series) throw new Error("no series");
  const { value } = series.columns;
  const wide = figureOf({ ...figure, series: [{ ...series, columns: { ...series.columns, low: value.map((each) => each - 500), high: value.map((each) => each + 700) } }] });
  const screen = await render(<Plot figure={figure} label="Ontario demand, MW" height={240} />);
  const legend = () => document.querySelector(".plot-legend")?.textContent;
  expect(legend()).toBe("Demand");
  await screen.rerender(<Plot figure={wide} label="Ontario demand, MW" height={240} />);
  expect(legend()).toBe("DemandLeast to greatest");
});

test("a double click shows the whole range again", async () => {
  await render(<Plot figure={demand()} label="Ontario demand, MW" height={240} />);
  await drawn();
  (image().element() as HTMLElement).focus();
  await userEvent.keyboard("+");
  const whole = page.getByRole("button", { name: "Whole range" });
  await expect.element(whole).toBeVisible();
  await image().dblClick();
  await expect.poll(() => whole.elements()).toEqual([]);
});

test("is taken apart when it leaves the page", async () => {
  const screen = await render(<Plot figure={demand()} label="Ontario demand, MW" height={240} />);
  await drawn();
  const host = image().element();
  expect(host.querySelector("canvas")).not.toBeNull();
  await screen.unmount();
  await vi.waitFor(() => expect(host.querySelector("canvas")).toBeNull());
});
