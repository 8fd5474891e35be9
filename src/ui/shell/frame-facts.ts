import type { Theme } from "#ui/shell/theme.ts";

/** What the frame shows besides the page. */
export interface FrameFacts {
  theme: Theme;
  version: string;
  /** Keys that open the palette, as the reader's machine writes them. */
  shortcut: string;
}
