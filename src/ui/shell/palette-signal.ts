const signal = "tieline:open-palette";

/** Asks the palette, wherever it is mounted, to open. */
export function openPalette(): void {
  document.dispatchEvent(new Event(signal));
}

/** Calls `open` whenever the palette is asked for; answers how to stop. */
export function onPaletteAsked(open: () => void): () => void {
  document.addEventListener(signal, open);
  return () => document.removeEventListener(signal, open);
}
