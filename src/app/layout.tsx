import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { plexMono, plexSans, plexSansExtended } from "#app/fonts.ts";
import { readTheme } from "#app/theme.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Tieline", template: "%s · Tieline" },
  description: "The Canadian electricity grid: answers to questions about it, quoted from sources that you can open.",
  applicationName: "Tieline",
  formatDetection: { telephone: false, date: false, address: false, email: false },
};

const barColor = { light: "#f9fafb", dark: "#0f1114" };

export async function generateViewport(): Promise<Viewport> {
  const theme = await readTheme();
  return {
    themeColor:
      theme === "system"
        ? [
            { media: "(prefers-color-scheme: light)", color: barColor.light },
            { media: "(prefers-color-scheme: dark)", color: barColor.dark },
          ]
        : barColor[theme],
    // On a phone, the keyboard takes its room from the page, so that the question field stays above it.
    interactiveWidget: "resizes-content",
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await readTheme();
  return (
    <html
      lang="en-CA"
      data-theme={theme === "system" ? undefined : theme}
      className={`${plexSans.variable} ${plexSansExtended.variable} ${plexMono.variable}`}
    >
      <body>{children}</body>
    </html>
  );
}
