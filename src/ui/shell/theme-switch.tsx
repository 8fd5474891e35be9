"use client";

import { useSyncExternalStore, type ReactNode } from "react";
import { themeCookie, toTheme, type Theme } from "#ui/shell/theme.ts";

interface ThemeSwitchProps {
  initial: Theme;
  options: { theme: Theme; label: string; icon: ReactNode }[];
}

const yearSeconds = 365 * 24 * 3_600;

export function ThemeSwitch({ initial, options }: ThemeSwitchProps) {
  const current = useSyncExternalStore(watch, shown, () => initial);

  return (
    <div role="group" aria-label="Theme" className="flex overflow-clip rounded border bg-surface">
      {options.map(({ theme, label, icon }) => (
        <button
          key={theme}
          type="button"
          aria-label={label}
          title={label}
          aria-pressed={theme === current}
          onClick={() => choose(theme)}
          className={
            "grid h-7 w-8 place-items-center border-l text-muted outline-offset-[-2px] first:border-l-0 hover:text-text " +
            "aria-pressed:bg-here aria-pressed:text-text max-md:size-11 pointer-coarse:size-11"
          }
        >
          {icon}
        </button>
      ))}
    </div>
  );
}

function choose(theme: Theme): void {
  document.cookie = `${themeCookie}=${theme}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** The page itself says which theme it shows, so the sidebar's switch and the menu's agree. */
function shown(): Theme {
  return toTheme(document.documentElement.dataset.theme);
}

function watch(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
