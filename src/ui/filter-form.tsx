import Link from "next/link";
import type { ReactNode } from "react";
import { Button, buttonClass } from "#ui/button.tsx";
import { cx } from "#ui/class-names.ts";

interface FilterFormProps {
  /** Path of the page that is filtered: the fields become its query string. */
  path: string;
  /** What is filtered. */
  label: string;
  /** Whether any filter is in use, so that there is something to clear. */
  active: boolean;
  children: ReactNode;
}

/** The filters of a list as a plain form: they stand in the address, and work before, and without, any script. */
export function FilterForm({ path, label, active, children }: FilterFormProps) {
  return (
    <form action={path} role="search" aria-label={label} className="mb-4 flex flex-wrap items-end gap-x-3 gap-y-2 print:hidden">
      {children}
      <div className="flex gap-2">
        <Button type="submit">Apply</Button>
        {active && (
          <Link href={path} className={buttonClass()}>
            Clear
          </Link>
        )}
      </div>
    </form>
  );
}

/** One filter: its name above its control. */
export function Filter({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <label className={cx("grid min-w-0 gap-1 text-13 text-muted *:text-text max-sm:w-full", className)}>
      {label}
      {children}
    </label>
  );
}

/** Filters that are seldom used: behind a word, and open while one of them is in use. */
export function MoreFilters({ open, children }: { open: boolean; children: ReactNode }) {
  return (
    <details open={open} className="w-full text-13">
      <summary className="touch-area w-max cursor-pointer text-muted">More filters</summary>
      <div className="mt-2 flex flex-wrap gap-x-3 gap-y-2">{children}</div>
    </details>
  );
}
