import { formatChange } from "#lib/format-number.ts";
import { paintSheet, sheetTokens } from "#ui/charts/picture-sheet.ts";
import { resolveColors } from "#ui/charts/token-colors.ts";
import type { BorderFlows } from "./borders.ts";

const row = 32;
const bars = { width: 420, height: 14, left: 132, right: 88 };

interface PictureWords {
  title: string;
  source: string;
  /** The interval that the flows are of. */
  when: string;
  sample: boolean;
}

/** Flows over borders as a picture: import to the left, export to the right. */
export function paintBorders({ borders, netMw }: BorderFlows, { title, source, when, sample }: PictureWords): HTMLCanvasElement | null {
  const place = placeOf(borders);
  return paintSheet({
    title, subtitle: when, width: bars.width, height: row * (borders.length + 2), left: bars.left, right: bars.right, below: 0,
    foot: [sample ? `Sample data, not measured. ${source}` : source, "MW; a dark mark is what was scheduled for the hour."].slice(0, borders.some(({ scheduledMw }) => scheduledMw !== null) ? 2 : 1),
    colors: resolveColors(document.body, [...sheetTokens, "--fuel-imports", "--fuel-exports"]), font: getComputedStyle(document.body).fontFamily,
    draw({ context, text, color }) {
      text("← Import", bars.width * 0.25, 8, { align: "center" });
      text("Export →", bars.width * 0.75, 8, { align: "center" });
      borders.forEach(({ name, flowMw, scheduledMw }, index) => {
        const y = row * (index + 1);
        text(name, 16 - bars.left, y, { ink: "--text" });
        text(flowMw === null ? "no data" : formatChange(flowMw), bars.width + bars.right - 16, y, { align: "right", ink: "--text" });
        if (flowMw !== null) {
          context.fillStyle = color(flowMw < 0 ? "--fuel-imports" : "--fuel-exports");
          context.fillRect(Math.min(place(0), place(flowMw)) * bars.width, y - bars.height / 2, Math.abs(place(flowMw) - place(0)) * bars.width, bars.height);
        }
        context.fillStyle = color("--text");
        if (scheduledMw !== null) context.fillRect(place(scheduledMw) * bars.width - 1, y - 10, 2, 20);
      });
      context.fillStyle = color("--line-strong");
      context.fillRect(bars.width / 2, row - 16, 1, row * borders.length);
      const y = row * (borders.length + 1);
      text((netMw ?? 0) < 0 ? "Net import" : "Net export", 16 - bars.left, y, { weight: 600, ink: "--text" });
      text(netMw === null ? "–" : formatChange(netMw), bars.width + bars.right - 16, y, { align: "right", weight: 600, ink: "--text" });
    },
  });
}

/** Where a flow ends between the most that is imported, 0, and the most that is exported, 1. */
export function placeOf(borders: BorderFlows["borders"]): (mw: number) => number {
  const most = Math.max(50, ...borders.flatMap(({ flowMw, scheduledMw }) => [Math.abs(flowMw ?? 0), Math.abs(scheduledMw ?? 0)])) * 1.05;
  return (mw) => 0.5 + (mw / most) * 0.5;
}
