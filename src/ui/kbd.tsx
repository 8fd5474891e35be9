import { cx } from "#ui/class-names.ts";

export function Kbd({ children, className }: { children: string; className?: string }) {
  return (
    <kbd className={cx("rounded-small border px-1 py-0.5 font-sans text-12 leading-none text-muted", className)}>{children}</kbd>
  );
}
