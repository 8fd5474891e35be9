import Link from "next/link";
import type { ReactNode } from "react";
import { BrandMark } from "#ui/brand-mark.tsx";

interface BrandProps {
  home: string;
  area?: string | undefined;
  children?: ReactNode;
}

export function Brand({ home, area, children }: BrandProps) {
  return (
    <Link href={home} className="flex min-h-6 items-center gap-2 px-2 text-16 font-strong text-text no-underline max-md:min-h-11 max-md:px-1">
      <BrandMark />
      Tieline
      {area && <span className="font-regular text-muted">{area}</span>}
      {children}
    </Link>
  );
}
