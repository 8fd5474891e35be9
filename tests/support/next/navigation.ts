/**
 * next/navigation for the tests of components, which have no router: the address is the test page's own, and as in Next
 * the hooks follow history.replaceState. A test sets the address with visit() and reads where it was led from visits.
 */
import { useMemo, useSyncExternalStore } from "react";

const navigated = "tieline-test:navigated";
const replaceState = history.replaceState.bind(history);

history.replaceState = (...state: Parameters<History["replaceState"]>) => {
  replaceState(...state);
  dispatchEvent(new Event(navigated));
};

/** What the router was asked to do, in order: an address, or "refresh". */
export const visits: string[] = [];

/** Makes a path the address of the page. */
export function visit(path: string): void {
  history.replaceState(null, "", path);
}

const router = {
  push(href: string) {
    visits.push(href);
    visit(href);
  },
  refresh() {
    visits.push("refresh");
  },
};

export function useRouter(): typeof router {
  return router;
}

export function usePathname(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

export function useSearchParams(): URLSearchParams {
  const search = useSyncExternalStore(subscribe, () => location.search);
  return useMemo(() => new URLSearchParams(search), [search]);
}

function subscribe(changed: () => void): () => void {
  addEventListener(navigated, changed);
  return () => removeEventListener(navigated, changed);
}
