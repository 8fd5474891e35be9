import type { ComponentProps } from "react";
import { cx } from "#ui/class-names.ts";

/** The browser's own list of choices. */
export function Select({ className, ...props }: ComponentProps<"select">) {
  return <select {...props} className={cx("h-control w-full rounded border border-line-strong bg-surface px-2 text-14", className)} />;
}
