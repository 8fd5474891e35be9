import { formatNumber } from "#lib/format-number.ts";
import { paintSheet, sheetTokens } from "#ui/charts/picture-sheet.ts";
import { resolveColors } from "#ui/charts/token-colors.ts";
import { scatterScale, type Dot } from "./scatter-scale.ts";

interface ScatterWords {
  title: string;
  subtitle: string;
  source: string;
  xLabel: string;
  yLabel: string;
  /** Name of a token. */
  color: string;
  sample: boolean;
}

const [width, height] = [720, 320];

/** Two measures against each other as a picture. */
export function paintScatter(dots: readonly Dot[], { title, subtitle, source, xLabel, yLabel, color: ink, sample }: ScatterWords): HTMLCanvasElement | null {
  const { x, y, across, down } = scatterScale(dots);
  return paintSheet({
    title, subtitle, width, height, left: 72, right: 32, below: 52,
    foot: [sample ? `Sample data, not measured. ${source}` : source],
    colors: resolveColors(document.body, [...sheetTokens, ink]), font: getComputedStyle(document.body).fontFamily,
    draw({ context, text, color }) {
      for (const tick of y.ticks) {
        context.fillStyle = color("--line");
        context.fillRect(0, down(tick) * height, width, 1);
        text(formatNumber(tick, y.decimals), -8, down(tick) * height, { align: "right" });
      }
      for (const tick of x.ticks) text(formatNumber(tick, x.decimals), across(tick) * width, height + 16, { align: "center" });
      text(`Across: ${xLabel}. Upwards: ${yLabel}`, -56, height + 40);
      context.fillStyle = color(ink);
      context.globalAlpha = 0.55;
      for (const dot of dots) {
        context.beginPath();
        context.arc(across(dot.x) * width, down(dot.y) * height, 3, 0, 2 * Math.PI);
        context.fill();
      }
      context.globalAlpha = 1;
    },
  });
}
