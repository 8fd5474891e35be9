import type { ComponentProps } from "react";
import { cx } from "#ui/class-names.ts";

interface IconButtonProps extends ComponentProps<"button"> {
  /** What the button does, for those who don't see the icon; also its tooltip. */
  label: string;
  /** `small` sits beside text, `large` stands in a row of actions. */
  size?: "small" | "large";
}

export function IconButton({ label, size = "large", className, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...props}
      className={cx(
        "inline-grid flex-none place-items-center rounded text-muted hover:bg-sunken hover:text-text",
        "aria-pressed:text-accent disabled:opacity-60",
        size === "small" ? "touch-area size-6" : "size-control",
        className,
      )}
    />
  );
}
