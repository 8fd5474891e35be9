import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { zoneClock } from "#ui/charts/zone-clock.ts";
import { paintBorders } from "./border-picture.ts";
import { ScatterCard } from "./scatter-card.tsx";
import { SmallChart } from "./small-chart.tsx";

const from = Date.parse("2026-11-20T05:00:00Z");
const hourMs = 3_600_000;
const zone = { name: "Etc/GMT+5", offsets: [{ from: new Date(from).toISOString(), minutes: -300 }] };
const plain = (text: string | null | undefined) => (text ?? "").replaceAll(/[\u00a0\u2009\u202f]/g, " ");
const hours = Array.from({ length: 48 }, (_, hour) => hour);
const line = { start: hours.map((hour) => from / 60_000 + hour * 60), minutes: 60, value: hours.map((hour) => 1 + (hour === 30 ? 0.5 : hour / 100)), look: 0 };

/** The size of the picture that the menu saves. */
async function savedPicture(title: string): Promise<number> {
  const blobs: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => (blobs.push(blob as Blob), "blob:none"));
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  await page.getByRole("button", { name: `Menu: ${title}` }).click();
  await page.getByRole("button", { name: "Download PNG" }).click();
  await expect.poll(() => blobs.length).toBe(1);
  vi.restoreAllMocks();
  return blobs[0]?.size ?? 0;
}

test("a small chart says its peak, and what is read in its place; it can be had as picture and as table", async () => {
  await render(<div style={{ width: 300 }}><SmallChart id="demand-ns" name="Nova Scotia" color="--line-strong" line={line} from={from} to={from + 48 * hourMs} zone={zone} shared={null} source="Source: NSPI" csvHref="/api/grid/series?format=csv" /></div>);
  const figure = page.getByRole("figure", { name: "Nova Scotia demand, GW" });
  await expect.poll(() => document.querySelector(".plot")?.getAttribute("data-ready")).toBe("true");
  expect(plain(figure.element().textContent)).toContain("Peak 1.50 GW, 21 Nov, 06:00–07:00 EST");
  (page.getByRole("img").element() as HTMLElement).focus();
  await userEvent.keyboard("{Home}");
  await expect.poll(() => plain(figure.element().textContent)).toContain("20 Nov, 00:00–01:00 EST: 1.00 GW");
  expect(await savedPicture("Nova Scotia demand, GW")).toBeGreaterThan(2_000);
  await page.getByRole("button", { name: "Menu: Nova Scotia demand, GW" }).click();
  await expect.element(page.getByRole("link", { name: "Download CSV" })).toHaveAttribute("href", "/api/grid/series?format=csv");
  await page.getByRole("button", { name: "Show as table" }).click();
  expect(page.getByRole("table").getByRole("rowheader").elements()).toHaveLength(48);
});

test("dots of a scatter are read by keys from the lowest to the highest, and by the pointer; picture and table hold them", async () => {
  const dots = hours.slice(0, 14).map((hour) => ({ at: from + hour * hourMs, x: 13 - hour, y: 15_000 + hour * 100 }));
  await render(
    <ScatterCard id="scatter" title="Demand against temperature" dots={dots} xName="Temperature of Toronto" xUnit="°C" yName="Ontario demand" color="--region-on" zone={zone} sample={false} sources={[]} summary="14 hours." empty="None." />,
  );
  const panel = page.getByRole("img", { name: /^Ontario demand against Temperature of Toronto, 14 hours/ });
  const live = () => plain(document.querySelector("[aria-live]:not([role])")?.textContent);
  (panel.element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowRight}");
  await expect.poll(live).toBe("20 Nov, 13:00 EST: 0.0 °C, 16 300 MW");
  await userEvent.keyboard("{End}");
  await expect.poll(live).toBe("20 Nov, 00:00 EST: 13.0 °C, 15 000 MW");
  await userEvent.keyboard("{Escape}");
  await expect.poll(live).toBe("");
  await panel.hover({ position: { x: 1, y: 1 } });
  await expect.poll(live).toBe("20 Nov, 13:00 EST: 0.0 °C, 16 300 MW");
  expect(await savedPicture("Demand against temperature")).toBeGreaterThan(5_000);
  await page.getByRole("button", { name: "Menu: Demand against temperature" }).click();
  await page.getByRole("button", { name: "Show as table" }).click();
  expect(page.getByRole("columnheader").elements().map((cell) => cell.textContent)).toEqual(["Hour, EST", "Temperature of Toronto, °C", "Ontario demand, MW"]);
});

test("flows over borders are drawn on a sheet as wide as their words, each in the colour of its direction", () => {
  const borders = [{ name: "New York", flowMw: 900, scheduledMw: 850 }, { name: "Québec", flowMw: -400, scheduledMw: null }, { name: "Manitoba", flowMw: null, scheduledMw: null }];
  const picture = paintBorders({ start: from, end: from + hourMs, borders, netMw: 500 }, { title: "Ontario interties, MW", source: "Source: IESO", when: zoneClock(zone).labelAt(from), sample: false });
  expect(picture?.width).toBe((420 + 132 + 88) * 2);
  const data = picture?.getContext("2d")?.getImageData(0, 0, picture.width, picture.height).data ?? [];
  const colours = new Set<string>();
  for (let index = 0; index < data.length; index += 4) colours.add(`${data[index]},${data[index + 1]},${data[index + 2]}`);
  expect(colours.size).toBeGreaterThan(8);
});
