import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { pageHref } from "#lib/page-href.ts";
import { pagePathHeader } from "#platform/http/page-path.ts";
import { getAdminViewer, type AdminViewer } from "#app/viewer.ts";

/**
 * The administrator who reads this page; whoever isn't one is sent to log in, and back here. Every page of the console
 * calls it before it reads anything: a layout isn't asked again when a reader goes from page to page.
 */
export async function requireAdmin(): Promise<AdminViewer> {
  const viewer = await getAdminViewer();
  if (viewer) return viewer;
  const here = (await headers()).get(pagePathHeader) ?? "";
  redirect(pageHref("/admin/login", { next: here }));
}
