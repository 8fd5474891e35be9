import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { BrandMark } from "#ui/brand-mark.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { consolePath } from "#app/admin/console-path.ts";
import { LoginForm } from "#app/admin/login/login-form.tsx";
import { getAdminViewer } from "#app/viewer.ts";

export const metadata: Metadata = { title: "Log in · Tieline console", robots: { index: false } };

interface LoginPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function LoginPage({ searchParams }: LoginPageProps) {
  const { next, out } = await searchParams;
  const destination = consolePath(typeof next === "string" ? next : undefined);
  if (await getAdminViewer()) redirect(destination);
  return (
    <main id="main" className="mx-auto grid max-w-[376px] content-start gap-4 px-4 pt-[12dvh] pb-10">
      <div className="flex items-center gap-2 text-16 font-strong">
        <BrandMark />
        Tieline <span className="font-regular text-muted">Console</span>
      </div>
      <h1 className="text-20 leading-7">Log in as an administrator</h1>
      {out !== undefined && <p role="status" className="text-14 text-muted">You are logged out.</p>}
      {out === undefined && typeof next === "string" && destination !== "/admin" && (
        <StateMessage kind="forbidden" title="The page you asked for is for administrators">
          Log in to go on to it. A session ends after 30 minutes without use, and after 8 hours.
        </StateMessage>
      )}
      <LoginForm destination={destination} />
    </main>
  );
}
