"use client";

import type { ComponentProps } from "react";
import { openPalette } from "#ui/shell/palette-signal.ts";

/** Opens the palette from anywhere in the frame. */
export function PaletteButton(props: ComponentProps<"button">) {
  return <button type="button" aria-haspopup="dialog" {...props} onClick={openPalette} />;
}
