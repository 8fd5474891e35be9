/** What is drawn upon: canvas coordinates begin at the figure's left upper corner. */
export interface Sheet {
  context: CanvasRenderingContext2D;
  text: (words: string, x: number, y: number, style?: TextStyle) => void;
  /** Of a token. */
  color: (token: string) => string;
}

interface TextStyle {
  align?: CanvasTextAlign;
  size?: number;
  weight?: number;
  /** Name of a token. */
  ink?: string;
}

interface SheetParts {
  title: string;
  /** Below the title: the range, the moment. */
  subtitle: string;
  /** Below the figure, a line each: the source first. */
  foot: string[];
  /** Of the figure itself, in pixels. */
  width: number;
  height: number;
  /** Beside it: for ticks and names. */
  left: number;
  right: number;
  /** Below it, before the source: for the ticks of time. */
  below: number;
  colors: ReadonlyMap<string, string>;
  font: string;
  draw: (sheet: Sheet) => void;
}

/** Tokens that every sheet needs the colours of. */
export const sheetTokens = ["--surface", "--line", "--line-strong", "--text", "--muted"] as const;

const top = 64;
const footRow = 20;
const scaleFactor = 2;
const leastWidth = 480;

/** A figure as a picture that stands by itself: title and range above it, source below. */
export function paintSheet({ title, subtitle, foot, width, height, left, right, below, colors, font, draw }: SheetParts): HTMLCanvasElement | null {
  const whole = Math.max(leastWidth, width + left + right);
  const tall = top + height + below + 12 + foot.length * footRow + 12;
  const picture = Object.assign(document.createElement("canvas"), { width: whole * scaleFactor, height: tall * scaleFactor });
  const context = picture.getContext("2d");
  if (!context) return null;
  const color = (token: string) => colors.get(token) ?? "#888";
  const text: Sheet["text"] = (words, x, y, { align = "left", size = 12, weight = 400, ink = "--muted" } = {}) => {
    context.font = `${weight} ${size}px ${font}`;
    context.textAlign = align;
    context.fillStyle = color(ink);
    context.fillText(words, x, y);
  };
  context.scale(scaleFactor, scaleFactor);
  context.textBaseline = "middle";
  context.fillStyle = color("--surface");
  context.fillRect(0, 0, whole, tall);
  text(title, 16, 20, { size: 14, weight: 600, ink: "--text" });
  text(subtitle, 16, 42);
  foot.forEach((words, index) => {
    context.font = `400 12px ${font}`;
    text(shortened(context, words, whole - 32), 16, top + height + below + 22 + index * footRow, { ink: words.startsWith("Sample data") ? "--text" : "--muted" });
  });
  context.translate(left, top);
  draw({ context, text, color });
  return picture;
}

function shortened(context: CanvasRenderingContext2D, words: string, width: number): string {
  if (context.measureText(words).width <= width) return words;
  let kept = words;
  while (kept.length > 1 && context.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}
