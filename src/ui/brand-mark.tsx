import { cx } from "#ui/class-names.ts";

/** Two poles and the line that ties them. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={cx("size-[22px] flex-none fill-none stroke-[2.5]", className)}>
      <path d="M5 4v16M19 4v16" className="stroke-current" strokeLinecap="round" />
      <path d="M5 8.5c5 0 9 7 14 7" className="stroke-accent" />
    </svg>
  );
}
