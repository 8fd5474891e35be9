import "zrender/lib/canvas/canvas.js";
import Polygon from "zrender/lib/graphic/shape/Polygon.js";
import Polyline from "zrender/lib/graphic/shape/Polyline.js";
import { init } from "zrender/lib/zrender.js";
import type { Scene, Shape } from "#ui/charts/scene.ts";

/** The canvas of one plot. */
export interface ChartCanvas {
  /** Draws a scene over the whole canvas; `colors` holds the colour of every token that it names. */
  paint: (scene: Scene, colors: ReadonlyMap<string, string>) => void;
  resize: (width: number, height: number) => void;
  /** The drawing as it is, at the screen's resolution; null where there is none. */
  image: () => HTMLCanvasElement | null;
  dispose: () => void;
}

type Drawn = Polyline | Polygon;

const tilePixels = 7;

/**
 * Opens a canvas in an element of that size. ECharts' canvas layer, zrender, draws the shapes; positions are the plot's own,
 * whose scales are linear, so that panning moves points and nothing else. The whole of ECharts would be 55 kB more.
 */
export function openCanvas(host: HTMLElement, size: { width: number; height: number }): ChartCanvas {
  const surface = init(host, { renderer: "canvas", ...size });
  const tiles = new Map<string, HTMLCanvasElement>();
  let drawn: Drawn[] = [];
  return {
    paint(scene, colors) {
      const [width, height] = [surface.getWidth() ?? 0, surface.getHeight() ?? 0];
      const toX = (at: number) => ((at - scene.view.from) / (scene.view.to - scene.view.from)) * width;
      const toY = (value: number) => ((scene.max - value) / (scene.max - scene.min)) * height;
      const next = scene.shapes.map((shape, index): Drawn => {
        const filled = shape.kind === "area" || shape.kind === "band";
        const old = drawn[index];
        const made = old && filled === old instanceof Polygon ? old : filled ? new Polygon({ silent: true }) : new Polyline({ silent: true });
        made.setShape({ points: pixelsOf(shape, toX, toY, width, height) });
        made.useStyle(styleOf(shape, (token) => colors.get(token) ?? "#888", tiles));
        made.z2 = index;
        return made;
      });
      const kept = new Set(next);
      const before = new Set(drawn);
      for (const each of drawn) if (!kept.has(each)) surface.remove(each);
      for (const each of next) if (!before.has(each)) surface.add(each);
      drawn = next;
      surface.refresh();
    },
    resize: (width, height) => surface.resize({ width, height }),
    image() {
      surface.flush();
      return host.querySelector("canvas");
    },
    dispose: () => surface.dispose(),
  };
}

function pixelsOf(shape: Shape, toX: (at: number) => number, toY: (value: number) => number, width: number, height: number): number[][] {
  switch (shape.kind) {
    case "line":
    case "area": {
      const points: number[][] = [];
      for (let index = 0; index + 1 < shape.points.length; index += 2) points.push([toX(shape.points[index] ?? 0), toY(shape.points[index + 1] ?? 0)]);
      return points;
    }
    case "band": {
      const [left, right] = [Math.max(0, toX(shape.from)), Math.min(width, toX(shape.to))];
      const [top, bottom] = [shape.high === null ? 0 : toY(shape.high), shape.low === null ? height : toY(shape.low)];
      return [[left, top], [right, top], [right, bottom], [left, bottom]];
    }
    case "level":
      return [[0, crisp(toY(shape.value))], [width, crisp(toY(shape.value))]];
    case "moment":
      return [[crisp(toX(shape.at)), 0], [crisp(toX(shape.at)), height]];
  }
}

/** In the middle of a pixel, where a stroke of one pixel is sharp. */
function crisp(pixel: number): number {
  return Math.floor(pixel) + 0.5;
}

function styleOf(shape: Shape, colorOf: (token: string) => string, tiles: Map<string, HTMLCanvasElement>) {
  const color = colorOf(shape.color);
  switch (shape.kind) {
    case "line":
      return { stroke: color, fill: "none", lineWidth: shape.width, lineDash: shape.dash ?? false as const, opacity: shape.opacity, lineJoin: "round" as const, lineCap: shape.dash ? ("butt" as const) : ("round" as const) };
    case "area":
      // A thin border of the ground's colour parts the bands.
      return { fill: color, stroke: colorOf("--surface"), lineWidth: shape.rim, opacity: shape.opacity, lineJoin: "round" as const };
    case "band":
      return { fill: shape.hatched ? { image: tileOf(color, tiles), repeat: "repeat" as const, scaleX: 0.5, scaleY: 0.5 } : color, opacity: shape.opacity };
    case "level":
    case "moment":
      return { stroke: color, fill: "none", lineWidth: 1 };
  }
}

/** A tile of the hatching, twice as fine as it is shown. */
function tileOf(color: string, tiles: Map<string, HTMLCanvasElement>): HTMLCanvasElement {
  const known = tiles.get(color);
  if (known) return known;
  const size = tilePixels * 2;
  const tile = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const context = tile.getContext("2d");
  if (context) {
    context.strokeStyle = color;
    context.lineWidth = 2;
    context.lineCap = "square";
    context.beginPath();
    for (const shift of [-size, 0, size]) {
      context.moveTo(shift, size);
      context.lineTo(shift + size, 0);
    }
    context.stroke();
  }
  tiles.set(color, tile);
  return tile;
}
