import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from "react";
import type { Figure } from "#ui/charts/figure.ts";
import { nearestStop, stopAfterKey } from "#ui/charts/readout.ts";
import { isWhole, pan, showing, zoom, type View } from "#ui/charts/view.ts";

interface ReadoutOptions {
  figure: Figure;
  view: View;
  whole: View;
  width: number;
  host: RefObject<HTMLElement | null>;
  change: (view: View) => void;
}

const dragPixels = 4;
const zoomStep = 1.5;

/**
 * Reading and moving a plot: the pointer reads what is below it and, pressed, drags a plot that is zoomed in; Ctrl or ⌘ with
 * the wheel zooms, the wheel alone scrolls the page; keys do the same.
 */
export function useReadout({ figure, view, whole, width, host, change }: ReadoutOptions) {
  const [read, setRead] = useState<{ figure: Figure; stop: number } | null>(null);
  const [dragging, setDragging] = useState(false);
  const drag = useRef<{ x: number; view: View } | null>(null);
  const latest = useRef({ view, whole, change });
  useEffect(() => {
    latest.current = { view, whole, change };
  });
  // New values may stand at other places: the readout keeps its interval, as near as it can.
  const at = read ? (read.figure.stops.start[read.stop] ?? 0) : 0;
  const stop = !read ? null : read.figure === figure ? read.stop : nearestStop(figure, at) < 0 ? null : nearestStop(figure, at);
  const show = (next: number | null) => setRead(next === null || next < 0 ? null : { figure, stop: next });

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    // React listens to the wheel passively: only this way can a page be kept from zooming with the plot.
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, width: wide } = element.getBoundingClientRect();
      const { view, whole, change } = latest.current;
      change(zoom(view, whole, event.deltaY > 0 ? 1.2 : 1 / 1.2, (event.clientX - left) / wide));
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, [host]);

  const timeAt = (event: PointerEvent) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    return view.from + ((event.clientX - left) / Math.max(1, width)) * (view.to - view.from);
  };
  const handlers = {
    onPointerDown(event: PointerEvent) {
      if (event.pointerType === "touch") return show(nearestStop(figure, timeAt(event)));
      if (event.button === 0 && !isWhole(view, whole)) {
        drag.current = { x: event.clientX, view };
        event.currentTarget.setPointerCapture(event.pointerId);
      }
    },
    onPointerMove(event: PointerEvent) {
      const { current } = drag;
      if (current && (dragging || Math.abs(event.clientX - current.x) > dragPixels)) {
        setDragging(true);
        change(pan(current.view, whole, (current.x - event.clientX) / Math.max(1, width)));
        return;
      }
      show(nearestStop(figure, timeAt(event)));
    },
    onPointerUp() {
      drag.current = null;
      setDragging(false);
    },
    onPointerLeave(event: PointerEvent) {
      // On a phone, what was read stays to be read after the finger is gone.
      if (event.pointerType !== "touch" && !drag.current) show(null);
    },
    onBlur: () => show(null),
    onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape" && stop !== null) {
        event.preventDefault();
        return show(null);
      }
      if (event.key === "+" || event.key === "=" || event.key === "-" || event.key === "_" || event.key === "0") {
        event.preventDefault();
        const middle = stop === null ? 0.5 : ((figure.stops.start[stop] ?? view.from) - view.from) / (view.to - view.from);
        return change(event.key === "0" ? whole : zoom(view, whole, event.key === "-" || event.key === "_" ? zoomStep : 1 / zoomStep, middle));
      }
      const next = stopAfterKey(figure, stop, event.key);
      if (next === null) return;
      event.preventDefault();
      show(next);
      const shown = showing(view, whole, figure.stops.start[next] ?? view.from);
      if (shown !== view) change(shown);
    },
  };
  return { stop, handlers, dragging };
}
