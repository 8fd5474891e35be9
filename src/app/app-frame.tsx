import { headers } from "next/headers";
import type { ReactNode } from "react";
import { version } from "#platform/observability/version.ts";
import { Frame } from "#ui/shell/frame.tsx";
import { navigation, routes } from "#ui/shell/routes.ts";
import { accountPlaces } from "#app/account-places.ts";
import { AccountSlot } from "#app/account-slot.tsx";
import { Palette } from "#app/palette/palette.tsx";
import { readTheme } from "#app/theme.ts";
import { getViewer } from "#app/viewer.ts";
import { csrfMetaName } from "#ui/api/csrf.ts";

/** The frame of every page, with the palette over it. */
export async function AppFrame({ children }: { children: ReactNode }) {
  const [theme, requestHeaders, { principal, csrf }] = await Promise.all([readTheme(), headers(), getViewer()]);
  const apple = /Mac|iPhone|iPad/.test(requestHeaders.get("user-agent") ?? "");
  const pages = [...Object.values(routes), ...accountPlaces(principal)].map(({ href, label, keywords, icon: Icon }) => ({
    href,
    label,
    keywords: [...keywords],
    icon: <Icon />,
  }));
  return (
    <>
      {csrf !== null && <meta name={csrfMetaName} content={csrf} />}
      <Frame theme={theme} version={version} navigation={navigation} home="/" shortcut={apple ? "⌘K" : "Ctrl K"} account={<AccountSlot />}>
        {children}
      </Frame>
      <Palette pages={pages} />
    </>
  );
}
