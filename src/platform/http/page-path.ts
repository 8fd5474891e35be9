/** Request header in which proxy.ts tells a page its own path and query string. */
export const pagePathHeader = "x-tieline-page";
