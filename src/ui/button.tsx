import type { ComponentProps } from "react";
import { cx } from "#ui/class-names.ts";

type ButtonKind = "default" | "primary" | "danger";

const kinds: Record<ButtonKind, string> = {
  default: "border-line bg-surface text-text hover:border-line-strong [&_.lucide]:text-muted",
  primary: "border-text bg-text text-bg font-strong",
  /** Does what can't be undone. */
  danger: "border-bad bg-surface text-bad",
};

/** The look of a button, also for links that act like one. */
export function buttonClass(kind: ButtonKind = "default"): string {
  return cx(
    "inline-flex h-control items-center gap-2 rounded border px-3 text-13 whitespace-nowrap no-underline",
    "disabled:opacity-60 aria-disabled:opacity-60",
    kinds[kind],
  );
}

export function Button({ kind, className, ...props }: ComponentProps<"button"> & { kind?: ButtonKind }) {
  return <button type="button" {...props} className={cx(buttonClass(kind), className)} />;
}
