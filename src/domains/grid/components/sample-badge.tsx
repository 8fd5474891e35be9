import Link from "next/link";
import { badgeClass } from "#ui/badge.ts";
import { cx } from "#ui/class-names.ts";

/** Says of a page or a panel that its numbers are made up, and leads to what that means. */
export function SampleBadge() {
  return (
    <Link href="/help/sample-data" prefetch={false} className={cx(badgeClass, "touch-area border-dashed border-line-strong text-text hover:border-text")}>
      <i aria-hidden className="hatched h-2.5 w-3.5 rounded-small" />
      Sample data
    </Link>
  );
}
