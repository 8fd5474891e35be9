import type { ReactNode } from "react";
import { cx } from "#ui/class-names.ts";

interface PopoverProps {
  /** Joins the popover with the button whose popoverTarget it is. */
  id: string;
  label: string;
  className?: string;
  children: ReactNode;
}

/** A small panel that its button opens without script: Esc and a press outside close it, and focus returns. */
export function Popover({ id, label, className, children }: PopoverProps) {
  return (
    <div id={id} popover="auto" role="dialog" aria-label={label} className={cx("floating hanging", className)}>
      {children}
    </div>
  );
}
