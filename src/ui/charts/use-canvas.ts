import { useCallback, useEffect, useRef, useState, type RefObject } from "react";
import type { ChartCanvas } from "#ui/charts/canvas.ts";
import type { Scene } from "#ui/charts/scene.ts";
import { onThemeChange, resolveColors } from "#ui/charts/token-colors.ts";

export interface CanvasState {
  /** True once the drawing code is there and has drawn. */
  ready: boolean;
  /** True where the drawing code couldn't be loaded. */
  failed: boolean;
  /** The drawing as an image, and the colours it was drawn in; null before it is there. */
  image: () => { image: HTMLCanvasElement; colors: ReadonlyMap<string, string> } | null;
}

const always = ["--surface", "--line", "--line-strong", "--text", "--muted", "--bad"];

/** Draws a scene into an element, which must be as large as said: loads the drawing code when the element comes into view. */
export function useCanvas(host: RefObject<HTMLElement | null>, scene: Scene | null, { width, height }: { width: number; height: number }): CanvasState {
  const canvas = useRef<ChartCanvas | null>(null);
  const colors = useRef<ReadonlyMap<string, string>>(new Map());
  const latest = useRef({ scene, width, height });
  const [near, setNear] = useState(false);
  const [state, setState] = useState<"waiting" | "ready" | "failed">("waiting");
  const hasRoom = width > 0 && height > 0;

  const paint = useCallback((anew: boolean) => {
    const { scene } = latest.current;
    if (!canvas.current || !scene) return;
    const tokens = [...always, ...scene.shapes.map(({ color }) => color)];
    if (anew || tokens.some((token) => !colors.current.has(token))) colors.current = resolveColors(document.body, tokens);
    canvas.current.paint(scene, colors.current);
  }, []);

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      setNear(true);
      observer.disconnect();
    }, { rootMargin: "200px" });
    observer.observe(element);
    return () => observer.disconnect();
  }, [host]);

  useEffect(() => {
    const element = host.current;
    if (!element || !near || !hasRoom) return;
    let ended = false;
    import("#ui/charts/canvas.ts").then(
      ({ openCanvas }) => {
        if (ended) return;
        canvas.current = openCanvas(element, latest.current);
        paint(true);
        setState("ready");
      },
      () => {
        if (!ended) setState("failed");
      },
    );
    const stop = onThemeChange(() => paint(true));
    return () => {
      ended = true;
      stop();
      canvas.current?.dispose();
      canvas.current = null;
    };
  }, [host, near, hasRoom, paint]);

  useEffect(() => {
    const { width: oldWidth, height: oldHeight } = latest.current;
    latest.current = { scene, width, height };
    if (hasRoom && (oldWidth !== width || oldHeight !== height)) canvas.current?.resize(width, height);
    paint(false);
  }, [scene, width, height, hasRoom, paint]);

  const image = useCallback(() => {
    const drawing = canvas.current?.image();
    return drawing ? { image: drawing, colors: colors.current } : null;
  }, []);
  return { ready: state === "ready", failed: state === "failed", image };
}
