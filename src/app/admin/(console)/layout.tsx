import type { Metadata } from "next";
import type { ReactNode } from "react";
import { adminSessionIdleMinutes } from "#platform/auth/admin-session.ts";
import { version } from "#platform/observability/version.ts";
import { csrfMetaName } from "#ui/api/csrf.ts";
import { Frame } from "#ui/shell/frame.tsx";
import { AdminMenu } from "#app/admin/admin-menu.tsx";
import { consoleNavigation } from "#app/admin/console-places.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";
import { SessionNotice } from "#app/admin/session-notice.tsx";
import { readTheme } from "#app/theme.ts";

export const metadata: Metadata = { title: { default: "Console", template: "%s · Tieline console" }, robots: { index: false } };

/** The frame of every page of the console: for administrators alone. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const [theme, { principal, csrf }] = await Promise.all([readTheme(), requireAdmin()]);
  return (
    <>
      {csrf !== null && <meta name={csrfMetaName} content={csrf} />}
      <Frame theme={theme} version={version} navigation={consoleNavigation} home="/admin" area="Console" account={<AdminMenu name={principal.name} role={principal.role} />}>
        {children}
      </Frame>
      <SessionNotice expiresAt={principal.expiresAt.toISOString()} idleMinutes={adminSessionIdleMinutes} />
    </>
  );
}
