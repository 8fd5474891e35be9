import type { ReactNode } from "react";
import type { Searchable } from "#app/palette/palette-search.ts";

export interface PalettePage extends Searchable {
  href: string;
  icon: ReactNode;
}

export interface PalettePanelProps {
  pages: PalettePage[];
  onClose: () => void;
}
