import { globSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { PlacedOperation } from "#platform/http/openapi.ts";
import type { RouteHandler } from "#platform/http/operation.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Files that answer under /api, relative to the project. */
export function routeFiles(): string[] {
  return globSync("src/app/api/**/route.ts").map((file) => file.split(sep).join("/")).sort();
}

/** URL pattern of a route file, such as /api/help/[id]. */
export function pathOf(file: string): string {
  return `/${relative("src/app", dirname(file)).split(sep).join("/")}`;
}

/** Every declared operation, read from the route files themselves; the catch-all for unknown URLs is none. */
export async function listOperations(): Promise<PlacedOperation[]> {
  const found = await Promise.all(
    routeFiles().filter((file) => !file.includes("[...")).map(async (file) => {
      const module = (await import(pathToFileURL(resolve(file)).href)) as Partial<Record<string, RouteHandler>>;
      return methods.flatMap((method) => {
        const handler = module[method];
        return handler ? [{ path: pathOf(file), method, operation: handler.operation }] : [];
      });
    }),
  );
  return found.flat();
}
