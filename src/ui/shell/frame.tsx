import type { ReactNode } from "react";
import type { FrameFacts } from "#ui/shell/frame-facts.ts";
import { Sidebar } from "#ui/shell/sidebar.tsx";
import { Topbar } from "#ui/shell/topbar.tsx";

/** What stands around every page: a sidebar, or a top bar on narrow screens, and the way past it. */
export function Frame({ children, ...facts }: FrameFacts & { children: ReactNode }) {
  return (
    <>
      <a
        href="#main"
        className="sr-only z-20 rounded border border-line-strong bg-raised focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <div className="min-h-dvh md:grid md:grid-cols-[var(--sidebar)_minmax(0,1fr)] print:block">
        <Sidebar {...facts} />
        <Topbar {...facts} />
        <main id="main" tabIndex={-1} className="min-w-0 px-4 pt-4 pb-10 outline-none md:px-6 md:pt-5 md:pb-12">
          {children}
        </main>
      </div>
    </>
  );
}
