import type { ReactNode } from "react";

export const badgeClass =
  "inline-flex h-[22px] items-center gap-1.5 rounded-pill border px-2 text-12 whitespace-nowrap text-muted no-underline";

export function Badge({ children }: { children: ReactNode }) {
  return <span className={badgeClass}>{children}</span>;
}
