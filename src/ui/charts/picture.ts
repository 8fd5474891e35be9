import { formatNumber } from "#lib/format-number.ts";
import type { EndLabel } from "#ui/charts/end-labels.ts";
import type { Figure } from "#ui/charts/figure.ts";
import { paintSheet } from "#ui/charts/picture-sheet.ts";
import { summaryOf } from "#ui/charts/summary.ts";
import type { Tick } from "#ui/charts/ticks.ts";
import type { View } from "#ui/charts/view.ts";
import { momentText } from "#ui/charts/zone-clock.ts";

interface PictureParts {
  image: HTMLCanvasElement;
  colors: ReadonlyMap<string, string>;
  title: string;
  source: string;
  figure: Figure;
  view: View;
  width: number;
  height: number;
  ticks: Tick[];
  labels: EndLabel[];
  font: string;
}

/** The chart as a picture that stands by itself: title, range, axes, names, source. */
export function paintPicture({ image, title, source, figure, view, width, height, ticks, labels, colors, font }: PictureParts): HTMLCanvasElement | null {
  const { scale } = figure;
  const toX = (at: number) => ((at - view.from) / (view.to - view.from)) * width;
  return paintSheet({
    title, width, height, colors, font, left: 64, right: 148, below: 32,
    subtitle: `${momentText(figure.clock, view.from)} to ${momentText(figure.clock, view.to)}`,
    foot: [figure.sample.length > 0 ? `Sample data, not measured. ${source}` : source, summaryOf(figure)],
    draw({ context, text, color }) {
      context.drawImage(image, 0, 0, width, height);
      for (const value of scale.ticks) text(formatNumber(value, scale.decimals), -8, ((scale.max - value) / (scale.max - scale.min)) * height, { align: "right" });
      for (const tick of ticks) text(tick.text, toX(tick.at), height + 16, { align: "center" });
      for (const { name, value, color: ink, at, y } of labels) {
        context.fillStyle = color(ink);
        context.fillRect(toX(at) + 8, y - 5, 10, 10);
        text(`${name} ${formatNumber(value, figure.decimals)}`, toX(at) + 24, y, { ink: "--text" });
      }
    },
  });
}
