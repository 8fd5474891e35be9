import Link from "next/link";
import type { ReactNode } from "react";
import { BrandMark } from "#ui/brand-mark.tsx";

export function Brand({ children }: { children?: ReactNode }) {
  return (
    <Link href="/" className="flex min-h-6 items-center gap-2 px-2 text-16 font-strong text-text no-underline max-md:min-h-11 max-md:px-1">
      <BrandMark />
      Tieline
      {children}
    </Link>
  );
}
