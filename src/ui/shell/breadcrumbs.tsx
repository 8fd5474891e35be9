import ChevronRight from "lucide-react/icons/chevron-right";
import Link from "next/link";

interface Crumb {
  label: string;
  /** Left out for the page itself, which comes last. */
  href?: string;
}

export function Breadcrumbs({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-1 text-13 text-muted max-md:mb-0 print:hidden">
      <ol className="flex flex-wrap items-center gap-x-1.5">
        {crumbs.map(({ label, href }, index) => (
          <li key={label} className="flex items-center gap-1.5">
            {index > 0 && <ChevronRight className="size-3" />}
            {href ? (
              <Link href={href} prefetch={false} className="touch-area py-0.5 text-muted no-underline hover:text-text">
                {label}
              </Link>
            ) : (
              <span aria-current="page">{label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
