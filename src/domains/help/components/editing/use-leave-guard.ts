import { useEffect, useState } from "react";

/**
 * While `active`, a link of the page doesn't lead away at once: `asked` is where it would, until somebody decides. The
 * browser asks by itself when the tab is closed or goes elsewhere.
 */
export function useLeaveGuard(active: boolean) {
  const [asked, setAsked] = useState<string | null>(null);

  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const stop = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link?.href || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const { origin, pathname, search } = new URL(link.href);
      if ((link.target && link.target !== "_self") || link.hasAttribute("download") || (origin === location.origin && pathname === location.pathname && search === location.search)) return;
      event.preventDefault();
      event.stopPropagation();
      setAsked(link.href);
    };
    addEventListener("beforeunload", warn);
    document.addEventListener("click", stop, { capture: true });
    return () => {
      removeEventListener("beforeunload", warn);
      document.removeEventListener("click", stop, { capture: true });
    };
  }, [active]);

  return { asked, stay: () => setAsked(null) };
}
