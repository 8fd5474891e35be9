import type { ComponentProps } from "react";
import { cx } from "#ui/class-names.ts";

const field = "w-full rounded border border-line-strong bg-surface px-3 text-14";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input {...props} className={cx(field, "h-control", className)} />;
}

export function TextArea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea {...props} className={cx(field, "py-2 leading-body", className)} />;
}
