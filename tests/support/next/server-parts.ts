/**
 * What Next gives to pages only within a request that its own server handles: headers, cookies, the address. Tests that
 * render pages without that server set them here; nothing of the application is replaced.
 */

interface PageRequest {
  path: string;
  headers: Record<string, string>;
  cookies: Record<string, string>;
}

const plain: PageRequest = { path: "/", headers: {}, cookies: {} };
let current = plain;

/** The request that pages are rendered for from now on. */
export function requestPage(request: Partial<PageRequest> = {}): void {
  current = { ...plain, ...request };
}

export const nextHeaders = {
  headers: async () => new Headers(current.headers),
  cookies: async () => ({
    get: (name: string) => {
      const value = current.cookies[name];
      return value === undefined ? undefined : { name, value };
    },
  }),
};

export const pageHooks = {
  usePathname: () => new URL(current.path, "http://tieline.test").pathname,
  useSearchParams: () => new URL(current.path, "http://tieline.test").searchParams,
  useRouter: () => ({ push: () => undefined, refresh: () => undefined }),
};

/** The compiler turns fonts into class names. */
export const nextFont = { default: ({ variable }: { variable: string }) => ({ variable: `font${variable}` }) };
