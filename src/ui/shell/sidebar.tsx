import { Brand } from "#ui/shell/brand.tsx";
import { FindButton } from "#ui/shell/find-button.tsx";
import { FrameFooter } from "#ui/shell/frame-footer.tsx";
import { Navigation } from "#ui/shell/navigation.tsx";
import type { Theme } from "#ui/shell/theme.ts";

export function Sidebar({ theme, version }: { theme: Theme; version: string }) {
  return (
    <header className="sticky top-0 flex h-dvh flex-col gap-4 overflow-y-auto border-r px-3 py-4 max-md:hidden print:hidden">
      <Brand />
      <FindButton />
      <Navigation />
      <FrameFooter theme={theme} version={version} />
    </header>
  );
}
