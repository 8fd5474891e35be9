import { Brand } from "#ui/shell/brand.tsx";
import { FindButton } from "#ui/shell/find-button.tsx";
import { FrameFooter } from "#ui/shell/frame-footer.tsx";
import { Navigation } from "#ui/shell/navigation.tsx";
import type { FrameFacts } from "#ui/shell/frame-facts.ts";

export function Sidebar({ theme, version, navigation, home, area, shortcut, account }: FrameFacts) {
  return (
    <header className="border-r max-md:hidden print:hidden">
      <div className="sticky top-0 flex h-dvh flex-col gap-4 overflow-y-auto px-3 py-4">
        <Brand home={home} area={area} />
        {shortcut !== undefined && <FindButton shortcut={shortcut} />}
        <Navigation groups={navigation} />
        <div className="mt-auto grid gap-3">
          {account}
          <FrameFooter theme={theme} version={version} />
        </div>
      </div>
    </header>
  );
}
