import type { ReactNode } from "react";

interface PageHeaderProps {
  title: string;
  /** Stands right after the title. */
  help?: ReactNode;
  /** A short fact beside the title, such as the time; left out on phones. */
  note?: ReactNode;
  /** At the right edge. */
  actions?: ReactNode;
}

export function PageHeader({ title, help, note, actions }: PageHeaderProps) {
  return (
    <header className="mb-4 flex min-h-control flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="text-20 leading-7 tracking-[-0.005em]">{title}</h1>
      {help}
      {note && <span className="text-13 text-muted max-sm:hidden">{note}</span>}
      {actions && <div className="ml-auto flex flex-wrap items-center justify-end gap-2 print:hidden">{actions}</div>}
    </header>
  );
}
