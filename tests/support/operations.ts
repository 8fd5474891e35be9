import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { globSync } from "node:fs";
import type { Operation, RouteHandler } from "#platform/http/operation.ts";
import type { PathParams } from "#platform/http/route-label.ts";
import { newId } from "#lib/ids.ts";
import { pathOf, routeFiles } from "../../scripts/operations.ts";

/** One operation of the API, with what a test needs to call it. */
export interface CallableOperation {
  /** `POST /api/ask` */
  name: string;
  method: string;
  /** URL pattern, such as /api/help/[id]. */
  pattern: string;
  operation: Operation;
  handler: RouteHandler;
}

/** Every operation of the API, read from the route files; the catch-all for unknown URLs is none. */
export async function callableOperations(): Promise<CallableOperation[]> {
  const found = await Promise.all(
    routeFiles().filter((file) => !file.includes("[...")).map(async (file) => {
      const module = (await import(pathToFileURL(resolve(file)).href)) as Record<string, RouteHandler>;
      const pattern = pathOf(file);
      return Object.entries(module).map(([method, handler]) => ({ name: `${method} ${pattern}`, method, pattern, operation: handler.operation, handler }));
    }),
  );
  return found.flat();
}

/** Values for the parts of a pattern in brackets: those given, else an id that nothing has. */
export function paramsFor(pattern: string, given: Record<string, string> = {}): PathParams {
  return Object.fromEntries([...pattern.matchAll(/\[([^\]]+)\]/g)].map(([, name = ""]) => [name, given[name] ?? newId()]));
}

/** The path with these values in it. */
export function pathWith(pattern: string, params: PathParams): string {
  return pattern.replaceAll(/\[([^\]]+)\]/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

/** URL paths of every page of the application, one for each page.tsx, with `given` in place of what stands in brackets. */
export function pagePaths(given: Record<string, string> = {}): string[] {
  return globSync("src/app/**/page.tsx")
    .map((file) => file.replaceAll("\\", "/").replace("src/app", "").replace(/\/page\.tsx$/, "").replaceAll(/\/\([^)]+\)/g, ""))
    .map((pattern) => pathWith(pattern, paramsFor(pattern, given)) || "/")
    .sort();
}
