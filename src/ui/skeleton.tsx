import { cx } from "#ui/class-names.ts";

/** A line of text that is on its way; `className` gives its width and height. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx("skeleton h-3", className)} />;
}
