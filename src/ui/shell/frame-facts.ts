import type { ReactNode } from "react";
import type { NavigationEntry } from "#ui/shell/routes.ts";
import type { Theme } from "#ui/shell/theme.ts";

/** What the frame shows besides the page. */
export interface FrameFacts {
  theme: Theme;
  version: string;
  /** The places that the navigation leads to, in groups that stand together. */
  navigation: NavigationEntry[][];
  /** Where the brand leads. */
  home: string;
  /** Stands beside the brand where this isn't the public frame. */
  area?: string;
  /** Keys that open the palette, as the reader's machine writes them; without them the frame has none. */
  shortcut?: string;
  /** Who is signed in, and what they can do about it. */
  account?: ReactNode;
}
