"use client";

import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { cellAt } from "./move-in-matrix.ts";

/** Arrow keys move among the cells of the matrix inside; Home and End go to the ends of a column. Tab goes from cell to cell as ever. */
export function MatrixKeys({ children }: { children: ReactNode }) {
  const root = useRef<HTMLDivElement>(null);

  function move(event: KeyboardEvent) {
    const from = document.activeElement;
    if (!root.current || !(from instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) return;
    const cells = [...root.current.querySelectorAll<HTMLElement>("[data-column]")];
    const places = cells.map(({ dataset }) => ({ column: Number(dataset.column), row: Number(dataset.row) }));
    const to = cellAt(places, cells.indexOf(from), event.key);
    if (to === null) return;
    event.preventDefault();
    cells[to]?.focus();
  }

  return (
    <div ref={root} onKeyDown={move} role="group" aria-label="Threat matrix; arrow keys move between techniques">
      {children}
    </div>
  );
}
