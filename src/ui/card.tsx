import type { ReactNode } from "react";
import { cx } from "#ui/class-names.ts";

interface CardProps {
  title: ReactNode;
  /** Id of the title, which names the section. */
  id: string;
  /** Stands right after the title: the help button. */
  help?: ReactNode;
  /** Stands at the right of the title. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Card({ title, id, help, aside, className, children }: CardProps) {
  return (
    <section aria-labelledby={id} className={cx("min-w-0 rounded border bg-surface p-3 sm:p-4", className)}>
      <div className="mb-0.5 flex flex-wrap items-center gap-x-2 gap-y-1">
        <h2 id={id} className="text-14 leading-6">
          {title}
        </h2>
        {help}
        {aside && <div className="ml-auto flex items-center gap-1.5 text-13 text-muted">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
