import { formatNumber } from "#lib/format-number.ts";
import type { EndLabel } from "#ui/charts/end-labels.ts";
import type { Figure } from "#ui/charts/figure.ts";
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

const margin = { left: 64, top: 64, right: 148, bottom: 76 };
const scaleFactor = 2;

/** The chart as a picture that stands by itself: title, range, axes, names, source. */
export function paintPicture({ image, colors, title, source, figure, view, width, height, ticks, labels, font }: PictureParts): HTMLCanvasElement | null {
  const picture = document.createElement("canvas");
  picture.width = (width + margin.left + margin.right) * scaleFactor;
  picture.height = (height + margin.top + margin.bottom) * scaleFactor;
  const context = picture.getContext("2d");
  if (!context) return null;
  const color = (token: string) => colors.get(token) ?? "#888";
  const text = (words: string, x: number, y: number, { align = "left", size = 12, weight = 400, ink = "--muted" }: { align?: CanvasTextAlign; size?: number; weight?: number; ink?: string } = {}) => {
    context.font = `${weight} ${size}px ${font}`;
    context.textAlign = align;
    context.fillStyle = color(ink);
    context.fillText(words, x, y);
  };
  context.scale(scaleFactor, scaleFactor);
  context.textBaseline = "middle";
  context.fillStyle = color("--surface");
  context.fillRect(0, 0, picture.width, picture.height);
  text(title, 16, 20, { size: 14, weight: 600, ink: "--text" });
  text(`${momentText(figure.clock, view.from)} to ${momentText(figure.clock, view.to)}`, 16, 42);
  context.drawImage(image, margin.left, margin.top, width, height);
  const { scale } = figure;
  for (const value of scale.ticks) text(formatNumber(value, scale.decimals), margin.left - 8, margin.top + ((scale.max - value) / (scale.max - scale.min)) * height, { align: "right" });
  const toX = (at: number) => margin.left + ((at - view.from) / (view.to - view.from)) * width;
  for (const tick of ticks) text(tick.text, toX(tick.at), margin.top + height + 16, { align: "center" });
  for (const { name, value, color: ink, at, y } of labels) {
    context.fillStyle = color(ink);
    context.fillRect(toX(at) + 8, margin.top + y - 5, 10, 10);
    text(`${name} ${formatNumber(value, figure.decimals)}`, toX(at) + 24, margin.top + y, { ink: "--text" });
  }
  const foot = margin.top + height + 44;
  text(figure.sample.length > 0 ? `Sample data, not measured. ${source}` : source, 16, foot, { ink: figure.sample.length > 0 ? "--text" : "--muted" });
  text(shortened(context, summaryOf(figure), width + margin.left + margin.right - 32), 16, foot + 20);
  return picture;
}

function shortened(context: CanvasRenderingContext2D, words: string, width: number): string {
  if (context.measureText(words).width <= width) return words;
  let kept = words;
  while (kept.length > 1 && context.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}
