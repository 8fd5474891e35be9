import Link from "next/link";

interface LinkGroupProps {
  /** What is chosen. */
  label: string;
  choices: { label: string; href: string; current: boolean }[];
}

/** One of a few choices that stand in the address, side by side: works before, and without, any script. */
export function LinkGroup({ label, choices }: LinkGroupProps) {
  return (
    <nav aria-label={label} className="flex max-w-full overflow-x-auto rounded border bg-surface">
      {choices.map(({ label: name, href, current }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          scroll={false}
          aria-current={current ? "true" : undefined}
          className="flex h-control items-center border-l px-3 text-13 whitespace-nowrap text-muted no-underline outline-offset-[-2px] first:border-l-0 hover:text-text aria-[current]:bg-here aria-[current]:font-strong aria-[current]:text-text"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
