/** Path parameters as Next hands them to a route handler, decoded. */
export type PathParams = Record<string, string | string[] | undefined>;

/**
 * The path pattern of a request, such as `/api/help/{id}`: a route handler doesn't know its own URL, so each
 * parameter's value is put back to its name. Values are looked for from the right, where dynamic segments usually are,
 * so that `/api/help/help` becomes `/api/help/{id}`. The result never holds what a client chose, which keeps metric
 * labels few.
 */
export function routeLabel(pathname: string, params: PathParams): string {
  const segments = pathname.split("/");
  for (const [name, value] of Object.entries(params).reverse()) {
    if (value === undefined) continue;
    const values = Array.isArray(value) ? value : [value];
    const at = lastRun(segments, values);
    if (at < 0) return "unmatched";
    segments.splice(at, values.length, `{${name}}`);
  }
  return segments.join("/");
}

function lastRun(segments: readonly string[], values: readonly string[]): number {
  for (let start = segments.length - values.length; start >= 0; start -= 1) {
    if (values.every((value, index) => holds(segments[start + index] ?? "", value))) return start;
  }
  return -1;
}

function holds(segment: string, value: string): boolean {
  if (segment === value) return true;
  try {
    return decodeURIComponent(segment) === value;
  } catch {
    return false;
  }
}
